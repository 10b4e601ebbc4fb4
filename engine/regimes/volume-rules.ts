import type { RegimeDefinition } from './definition.ts';
import { marketNames } from './market-names.ts';

/** What a regime comes to where there is no volume. */
export interface VolumeRule {
  readonly name: string;
  /** As it is written. */
  readonly rule: string;
  /** Without volume both sides of every comparison are 0: the rule holds on every bar, or on none. */
  readonly holds: boolean;
}

/** Of the active regimes that ask for volume. */
export function volumeRules(
  definitions: readonly Pick<RegimeDefinition, 'name' | 'active' | 'rules'>[],
): VolumeRule[] {
  return definitions.flatMap(({ name, active, rules: { volume: rule } }) =>
    !active || rule === undefined
      ? []
      : [{ name, rule, holds: /[<>]=/.test(rule) && !/[<>](?!=)/.test(rule) }],
  );
}

/** `busy can never get a bar of EURUSD H1, EURUSD H4, which have no volume: its rule is volume > 1.5x average.` */
export function volumeText({ name, rule, holds }: VolumeRule, markets: readonly string[]): string {
  const where = `${marketNames(markets)}, which ${markets.length === 1 ? 'has' : 'have'} no volume`;
  return holds
    ? `${name} tells no bars apart by volume in ${where}: its rule, volume ${rule}, holds on every bar.`
    : `${name} can never get a bar of ${where}: its rule is volume ${rule}.`;
}
