import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { SurvivalRowsDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { storedJson } from '../contract/stored-json.ts';
import { MIN_SURVIVAL_ROWS, type SurvivalOptions } from '../contract/survival.ts';
import { insertQueue, type NewCell } from '../store/queues.ts';
import { requireSurvivalModel } from '../store/survival.ts';
import type { StoredSurvivalOptions } from '../store/survival-figures.ts';
import { validationsOf } from '../store/validations.ts';
import { goodRows, survived } from '../survival/rows.ts';
import { assertEnough } from '../survival/train.ts';
import { SURVIVAL_TYPES } from '../survival/types.ts';
import { readSpec } from '../validation/spec.ts';
import { storedRows } from '../validation/survival-rows.ts';
import type { EditsDeps } from './edits.ts';
import type { StoredSurvival } from './survival-spec.ts';

export interface NewSurvival {
  readonly options: SurvivalOptions;
  readonly enqueue: boolean;
}

/** Jobs that train models of what survives. */
export interface SurvivalEdits {
  /** What there is to learn from; writes nothing. */
  rows(minCompositeScore: number): SurvivalRowsDto;
  /** @throws EngineError `conflict` where there are too few rows */
  train(wanted: NewSurvival): number;
  /**
   * A version that goes on from another with the same hyper-parameters, on all rows that are there by now.
   * @throws EngineError `conflict` where nothing came since, or there are too few rows; `not-found`
   */
  update(version: string | undefined, enqueue: boolean): number;
}

export function createSurvivalEdits(deps: EditsDeps): SurvivalEdits {
  const { store, changed, now } = deps;

  function insert(
    spec: Omit<StoredSurvival, 'symbols' | 'timeframes'>,
    name: string,
    enqueued: boolean,
  ): number {
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
    rows(minCompositeScore) {
      const { rows, folds, older } = storedRows(store);
      const good = goodRows(rows, { minCompositeScore });
      return {
        rows: rows.length,
        good: good.length,
        least: MIN_SURVIVAL_ROWS,
        folds,
        olderFolds: older,
        baseRate: good.length === 0 ? null : good.filter(survived).length / good.length,
        from: good.length === 0 ? null : iso(Math.min(...good.map(({ decidedAt }) => decidedAt))),
        to: good.length === 0 ? null : iso(Math.max(...good.map(({ closedAt }) => closedAt))),
      };
    },

    train({ options, enqueue }) {
      const { lastFold } = enough(options);
      const { start } = SURVIVAL_TYPES[options.modelType];
      const name = `Survival: ${options.modelType}, ${options.trials} trials`;
      return insert({ options, lastFold, parent: null, first: [start] }, name, enqueue);
    },

    update(version, enqueue) {
      const parent = requireSurvivalModel(store, version);
      const { options, tuned } = storedJson<StoredSurvivalOptions>(
        parent.options,
        `the options of ${parent.version}`,
      );
      const { lastFold } = enough(options, parent.last_fold);
      const name = `Survival: update of ${parent.version}`;
      const known = { ...options, trials: 1 };
      return insert({ options: known, lastFold, parent: parent.version, first: [tuned] }, name, enqueue);
    },
  };

  function enough({ minCompositeScore }: SurvivalOptions, after = 0) {
    const stored = storedRows(store);
    const { rows, folds, older, lastFold } = stored;
    assertEnough(
      { all: rows.length, good: goodRows(rows, { minCompositeScore }).length, older, folds },
      minCompositeScore,
    );
    if (lastFold > after) return stored;
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
