import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import { counted } from '../contract/counted.ts';
import type { SurvivalRowsDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { MIN_SURVIVAL_ROWS, SURVIVAL_TITLES, type SurvivalOptions } from '../contract/survival.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import { requireSurvivalModel } from '../store/survival.ts';
import type { StoredSurvivalOptions } from '../store/survival-figures.ts';
import { validationsOf } from '../store/validations.ts';
import { assertEnough } from '../survival/train.ts';
import { SURVIVAL_TYPES } from '../survival/types.ts';
import { readSpec } from '../validation/spec.ts';
import { closedFolds, readSources } from '../validation/survival-rows.ts';
import type { Analysis } from '../workers/analysis.ts';
import type { EditsDeps } from './edits.ts';
import type { StoredSurvival } from './survival-spec.ts';

/** A job as it can be made: there is enough to learn from. */
export interface PreparedSurvival {
  readonly spec: Omit<StoredSurvival, 'symbols' | 'timeframes'>;
  readonly name: string;
}

/** Jobs that train models of what survives. */
export interface SurvivalEdits {
  /** What there is to learn from; writes nothing. */
  rows(minCompositeScore: number): Promise<SurvivalRowsDto>;
  /** @throws EngineError `conflict` where there are too few rows */
  prepare(options: SurvivalOptions): Promise<PreparedSurvival>;
  /**
   * Of a version that goes on from another with the same hyper-parameters, on all rows that are there by now.
   * @throws EngineError `conflict` where nothing came since, or there are too few rows; `not-found`
   */
  prepareUpdate(version: string | undefined): Promise<PreparedSurvival>;
  insert(prepared: PreparedSurvival, enqueue: boolean): number;
}

export function createSurvivalEdits(
  deps: EditsDeps,
  surveyor: Pick<Analysis, 'surveySurvival'>,
): SurvivalEdits {
  const { store, changed, now } = deps;

  function insert({ spec, name }: PreparedSurvival, enqueued: boolean): number {
    const markets = validationsOf(store).filter(({ spec: text }) => readSpec(text).procedure !== undefined);
    const symbols = [...new Set(markets.map(({ symbol }) => symbol))];
    const timeframes = [...new Set(markets.map(({ timeframe }) => timeframe))];
    const { configuration } = readSpec(markets.at(-1)!.spec);
    const stored: StoredSurvival = { ...spec, symbols, timeframes };
    const queue = { name, kind: 'survival' as const, enqueued, spec: stored, createdAt: now() };
    const queueId = insertQueue(store, queue, cellsOf(configuration, spec.options.trials + 1));
    changed(queueId);
    return queueId;
  }

  return {
    async rows(minCompositeScore) {
      const { survey } = await surveyed(minCompositeScore);
      const { rows, good, folds, older, from, to } = survey;
      return {
        rows,
        good,
        least: MIN_SURVIVAL_ROWS,
        folds,
        olderFolds: older,
        baseRate: good === 0 ? null : survey.survived / good,
        from: from === null ? null : iso(from),
        to: to === null ? null : iso(to),
      };
    },

    insert,

    async prepare(options) {
      const { lastFold } = await enough(options);
      const { start } = SURVIVAL_TYPES[options.modelType];
      const name = `Survival: ${SURVIVAL_TITLES[options.modelType]}, ${counted(options.trials, 'trial')}`;
      return { spec: { options, lastFold, parent: null, first: [start] }, name };
    },

    async prepareUpdate(version) {
      const parent = requireSurvivalModel(store, version);
      const { options, tuned } = storedJson<StoredSurvivalOptions>(
        parent.options,
        `the options of ${parent.version}`,
      );
      const { lastFold } = await enough(options, parent.last_fold);
      const name = `Survival: update of ${parent.version}`;
      const known = { ...options, trials: 1 };
      return { spec: { options: known, lastFold, parent: parent.version, first: [tuned] }, name };
    },
  };

  async function surveyed(minCompositeScore: number) {
    const sources = await readSources(store, closedFolds(store));
    return { survey: await surveyor.surveySurvival({ sources, minCompositeScore }), sources };
  }

  async function enough({ minCompositeScore }: SurvivalOptions, after = 0) {
    const { survey, sources } = await surveyed(minCompositeScore);
    assertEnough({ all: survey.rows, ...survey }, minCompositeScore);
    if (sources.lastFold > after) return sources;
    throw nothingNew();
  }
}

/** All cells of a job have a configuration; of these it stands for the market that was validated last. */
function cellsOf(configuration: Configuration, count: number): NewCell[] {
  const hash = configHash(configuration);
  const cell = {
    configuration,
    asOf: null,
    configHash: hash,
    runKey: hash,
    state: 'pending',
    runId: null,
  } as const;
  return Array.from({ length: count }, () => cell);
}

const iso = (time: number) => new Date(time).toISOString();

function nothingNew(): EngineError {
  return new EngineError(
    'conflict',
    'No fold of a validated grid came since that version was trained: it knows all there is. Validate grids on newer candles first.',
  );
}
