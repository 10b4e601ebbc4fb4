import type { ModelNameDto, VersionComparisonDto, VersionDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Store } from '../store/database.ts';
import { validationsOf } from '../store/validations.ts';
import { requireVersion } from '../store/versions.ts';
import { type ReadValidation, readValidation } from '../validation/to-dto.ts';
import { subjectOf, subjectOfSpec } from '../validation/verdicts.ts';
import { comparisonOf, paired } from './comparison.ts';

/**
 * Two versions side by side: by default the candidate, else the newest, with production, else the one before. Nothing is trained for it:
 * they are compared in the test windows that both have in the ledger.
 * @throws EngineError `not-found`, `conflict` where there are not two
 */
export function compareVersions(
  store: Store,
  { name, aliases, versions }: ModelNameDto,
  version: string | undefined,
  against: string | undefined,
): VersionComparisonDto {
  for (const wanted of [version, against]) if (wanted !== undefined) requireVersion(store, name, wanted);
  const of = (text: string | undefined) => versions.find((one) => one.version === text);
  const own = of(version) ?? of(aliases.candidate) ?? versions.at(-1)!;
  const others = versions.filter((one) => one !== own);
  const other =
    of(against) ?? (aliases.production === own.version ? undefined : of(aliases.production)) ?? others.at(-1);
  if (other === undefined || other === own) {
    throw new EngineError('conflict', `${name} has one version alone: there is nothing to compare it with.`);
  }
  const comparison = best(testsOf(store, own), testsOf(store, other));
  return {
    version: own,
    against: other,
    comparison:
      comparison === null ? null : comparisonOf(comparison, { version: own.version, against: other.version }),
    missing:
      comparison === null
        ? 'They were not tested in the same windows yet. Once the gate is asked of one while the other is in production, they are.'
        : null,
  };
}

/** Validations of a version's configuration with its strategy, the newest last. */
function testsOf(
  store: Store,
  { configHash, strategy, regime, symbol, timeframe }: VersionDto,
): ReadValidation[] {
  const subject = subjectOf({ configHash, strategy, regime });
  return validationsOf(store)
    .filter(
      (row) =>
        row.config_hash === configHash &&
        row.regime === regime &&
        row.symbol === symbol &&
        row.timeframe === timeframe,
    )
    .map((row) => readValidation(store, row))
    .filter(({ spec }) => subjectOfSpec(spec) === subject);
}

/** The pair with the most days. */
function best(own: readonly ReadValidation[], other: readonly ReadValidation[]) {
  const pairs = own.flatMap((a) => other.map((b) => paired(a, b))).filter((pair) => pair !== null);
  return pairs.reduce<(typeof pairs)[number] | null>(
    (most, pair) => (pair.days.length >= (most?.days.length ?? 0) ? pair : most),
    null,
  );
}
