import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import { EngineError } from '../contract/errors.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import type { Store } from '../store/database.ts';
import { COLUMN_OF } from '../store/figure-columns.ts';
import { findRefit } from '../store/refits.ts';
import { bestStrategies, requireRun, strategiesOfRun } from '../store/runs.ts';
import { validationsOf } from '../store/validations.ts';
import { aliasOf, type VersionRow } from '../store/versions.ts';
import type { ModelSubject } from '../validation/spec.ts';
import { modelsOf } from '../validation/subjects.ts';
import type { RegistryDeps } from './deps.ts';
import { keepVersion } from './keep-version.ts';
import { refit } from './refit.ts';

/** What a version is to be made from, and the place that it is for, where it is not its own. */
export interface Registration {
  readonly source: { readonly champion: string } | { readonly runId: string };
  readonly place?: ModelPlace | undefined;
  readonly reason?: string | null | undefined;
}

const SAYS = { source: 'registry/register:register' } as const;

/**
 * Makes a version of a run or champion: a refit of the same configuration and strategy on the newest bars, its files, and the alias
 * `candidate`. Files are in place before the row is permanent.
 * @throws EngineError `not-found`, `conflict` for a place of another market, `training-failed`
 */
export async function register(
  deps: RegistryDeps,
  { source, place, reason }: Registration,
): Promise<VersionRow> {
  const { store, feed } = deps;
  const [made] = modelsOf(store, source, null) as [ModelSubject];
  const own = { symbol: made.configuration.symbol, timeframe: made.configuration.timeframe };
  const target = place ?? { ...own, regime: made.regime };
  assertSameMarket(target, own);
  const subject: ModelSubject = { ...made, regime: target.regime };
  const name = modelName(target);
  const expanding = wasRefittedOnAll(store, subject);
  const what = describeConfiguration(subject.configuration);
  feed.info(
    null,
    `Refitting for ${name} on ${expanding ? 'all bars' : 'its days up to the newest bar'}: ${what}`,
    SAYS,
  );
  const trained = await refit(deps, subject, expanding);
  const parent = aliasOf(store, name, 'production') ?? null;
  const version = await keepVersion(deps, {
    ...{ target, subject, parent, expanding, reason: reason ?? null },
    figures: figuresOf(store, subject),
    refit: trained,
  });
  feed.info(null, `${name}: version ${version.version} is the candidate (${what})`, {
    ...SAYS,
    topic: 'model',
  });
  return version;
}

function assertSameMarket(place: ModelPlace, own: Pick<ModelPlace, 'symbol' | 'timeframe'>): void {
  if (place.symbol === own.symbol && place.timeframe === own.timeframe) return;
  throw new EngineError(
    'conflict',
    `${modelName(place)} is a place of another market: the model is one of ${own.symbol} ${own.timeframe}, and can be used there alone.`,
  );
}

/** Whether the same model was validated in full, which ends with a model of all there is. */
function wasRefittedOnAll(store: Store, { configuration, regime }: ModelSubject): boolean {
  const hash = configHash(configuration);
  return validationsOf(store).some(
    (row) =>
      row.scheme === 'full' &&
      row.config_hash === hash &&
      row.regime === regime &&
      findRefit(store, row.id)?.model_key != null,
  );
}

/** What its run's strategy came to on the selection window, by name. */
function figuresOf(store: Store, { runId, strategy }: ModelSubject): Record<string, number | null> {
  if (runId === null) return {};
  const { id } = requireRun(store, runId);
  const row =
    strategiesOfRun(store, id).find(
      (one) =>
        one.prediction_method === strategy.predictionMethod &&
        one.ensemble_method === strategy.ensembleMethod &&
        one.confidence_threshold === strategy.confidenceThreshold &&
        one.lookback_window === strategy.lookbackWindow,
    ) ?? bestStrategies(store, [id]).get(id);
  if (row === undefined) return {};
  return Object.fromEntries(Object.entries(COLUMN_OF).map(([name, column]) => [name, row[column] ?? null]));
}
