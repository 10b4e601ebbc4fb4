import type { Config } from '../config/schema.ts';
import type { CriteriaPreset } from '../contract/criteria.ts';
import { EngineError } from '../contract/errors.ts';
import type { MinVerdict } from '../contract/registry.ts';
import { targetOf } from '../targets/catalog.ts';
import { type Criterion, criteriaOf } from '../validation/criteria.ts';

/** Thresholds that may be asked for in place of those of the preset. */
export const MIN_FIGURES = ['accuracy', 'precision', 'recall', 'f1'] as const;
export type MinFigure = (typeof MIN_FIGURES)[number];

/** What is asked of a version, where it is not what the configuration says. */
export interface GateOptions {
  readonly preset?: CriteriaPreset | undefined;
  readonly least: Readonly<Partial<Record<MinFigure, number>>>;
  readonly minVerdict?: MinVerdict | undefined;
  readonly skipValidation: boolean;
  /** Leaves the comparison with production out. */
  readonly force: boolean;
}

/** What the gate asks of a target's forecasts: classes have thresholds of their own. */
export function presetOf(target: string): CriteriaPreset {
  return isOfClasses(target) ? 'promotion' : 'ranks';
}

export function isOfClasses(target: string): boolean {
  return targetOf(target).type.task === 'classes';
}

/**
 * The criteria of a gate: those of its preset, with the symbol's own targets of `own`, and above them what was asked for by name.
 * @throws EngineError `invalid-input` for a threshold of classes where the model says none
 */
export function gateCriteria(
  { validation }: Pick<Config, 'validation'>,
  { preset, least }: Pick<GateOptions, 'preset' | 'least'>,
  { symbol, target }: { readonly symbol: string; readonly target: string },
): { readonly preset: CriteriaPreset; readonly criteria: readonly Criterion[] } {
  const [asked] = Object.keys(least);
  if (asked !== undefined && !isOfClasses(target)) {
    throw new EngineError(
      'invalid-input',
      `--min-${asked} is a threshold of classes, and a model of the target "${target}" says none. Leave it out: it is held to rank correlation, Sharpe ratio and drawdown instead.`,
    );
  }
  const chosen = preset ?? presetOf(target);
  const own = Object.hasOwn(validation.targets.own, symbol) ? validation.targets.own[symbol] : undefined;
  const targets = Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined));
  return { preset: chosen, criteria: criteriaOf(chosen, { ...targets, ...least }) };
}

/** What was not asked, by the name of its option: it stands in the journal. */
export function skippedBy(
  { least, minVerdict, skipValidation, force }: GateOptions,
  hasComparison: boolean,
): string[] {
  return [
    ...(skipValidation ? ['validation', 'thresholds', 'verdict'] : []),
    ...(minVerdict === 'none' && !skipValidation ? ['verdict'] : []),
    ...(force && hasComparison ? ['comparison'] : []),
    ...Object.entries(least).map(([metric, value]) => `min-${metric}=${value}`),
  ];
}
