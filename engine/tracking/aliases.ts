import type { ModelNameDto } from '../contract/dto/index.ts';
import type { Reader } from '../store/database.ts';
import { survivalInProduction, survivalVersions } from '../store/survival.ts';
import { listAliases, versionNames } from '../store/versions.ts';
import { registeredKey } from './deliver.ts';
import { SURVIVAL_NAME } from './entries/survival.ts';
import type { Mlflow } from './mlflow.ts';
import type { Outbox } from './outbox.ts';
import { ServerRefused } from './rest.ts';

const aliasKey = (name: string) => `aliases/${name}`;

const textOf = (aliases: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(aliases).sort(([a], [b]) => (a < b ? -1 : 1)));

type NamedAliases = Pick<ModelNameDto, 'name' | 'aliases'>;

/** Every name that has versions, with what its aliases point to. */
export function namedAliases(store: Reader): NamedAliases[] {
  const rows = Map.groupBy(listAliases(store), ({ name }) => name);
  const names = [...new Set(versionNames(store).map(({ name }) => name))].map((name) => ({
    name,
    aliases: Object.fromEntries((rows.get(name) ?? []).map(({ alias, version }) => [alias, version])),
  }));
  if (survivalVersions(store).length === 0) return names;
  const production = survivalInProduction(store);
  return [...names, { name: SURVIVAL_NAME, aliases: production === null ? {} : { production } }];
}

/** Names whose aliases there do not point where they do here. */
export function aliasesDue(names: readonly NamedAliases[], versionOf: (key: string) => string | undefined) {
  return names.filter(({ name, aliases }) => (versionOf(aliasKey(name)) ?? '[]') !== textOf(aliases));
}

/**
 * Has the registered models' aliases point where the workspace's do; those that are gone here are taken away. An alias that MLflow does
 * not take is left out, and told.
 *
 * @throws ServerDown
 */
export async function deliverAliases(
  { mlflow, outbox }: { readonly mlflow: Mlflow; readonly outbox: Outbox },
  names: readonly NamedAliases[],
  onRefused: (what: string, reason: string) => void,
): Promise<void> {
  for (const { name, aliases } of aliasesDue(names, outbox.versionOf)) {
    const before = Object.fromEntries(
      JSON.parse(outbox.versionOf(aliasKey(name)) ?? '[]') as readonly [string, string][],
    );
    for (const alias of new Set([...Object.keys(before), ...Object.keys(aliases)])) {
      const version = aliases[alias];
      if (before[alias] === version) continue;
      const number = version === undefined ? null : (outbox.remoteOf(registeredKey(name, version)) ?? null);
      // The version was refused: nothing can point to it.
      if (version !== undefined && number === null) continue;
      try {
        await mlflow.alias(name, alias, number);
      } catch (error) {
        if (!(error instanceof ServerRefused)) throw error;
        onRefused(`the alias ${alias} of ${name}`, error.message);
      }
    }
    outbox.note(aliasKey(name), null, textOf(aliases));
  }
}
