import { describe, expect, it } from 'vitest';
import { LUCK_COLUMNS } from '../store/figure-columns.ts';
import { exampleChampion, exampleRun, exampleStrategy, FIGURES } from '../store/testing/example-rows.ts';
import {
  cellSchema,
  championSchema,
  headerSchema,
  modelSchema,
  runIdentitySchema,
  runSchema,
} from './schema.ts';

type Item = Record<string, unknown>;

const AUDIT = {
  at: 7,
  symbol: 'EURUSD',
  timeframe: 'H1',
  regime: 'bull_trending',
  decision: 'rejected',
  strategy_index: 0,
  old_run: 'of another',
  old_score: 1.25,
  old_stored_score: 1.5,
  old_score_error: 2,
  new_score: 1,
  new_score_error: 2.5,
  margin: -0.25,
  trades: 40,
  reason: 'It does not beat the champion.',
};

/** A run's line as it is written today. */
function runLine(strategies: readonly unknown[], audit: readonly unknown[] = [AUDIT]): Item {
  return { ...exampleRun(1), results: 'AAEC', results_digest: 'digest', strategies, audit };
}

const { run_id: _run, ...champion } = exampleChampion(1, 'calm_ranging', 1.25);
const championLine: Item = { ...champion, run: 'ab' };

const headerLine = {
  sequence: 1,
  created_at: '2026-01-02T03:04:05.000Z',
  queue: {
    id: 1,
    name: 'Grid',
    priority: -1,
    spec: { symbols: ['EURUSD'] },
    state: 'paused',
    created_at: 5,
    started_at: null,
    retrain: 1,
    kind: 'grid',
  },
  current_index: null,
  statistics: {
    total: 7,
    completed: 3,
    failed: 1,
    skipped: 1,
    pending: 2,
    kept: 2,
    deleted: 1,
    seconds: 12.5,
  },
} as const;

const cellLine = { index: 0, config_hash: 'c', run_key: 'k', state: 'pending', run: null, as_of: 5 };

function without(item: Item, ...keys: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));
}

/** What the first release had no figure for. */
const LATER_FIGURES = Object.keys(FIGURES).filter(
  (key) =>
    !/^(holdout_)?(sharpe|max_drawdown|win_rate|trades)$/.test(key) &&
    !['profit_factor', 'total_return'].includes(key),
);

/** Strategies and champions as the first release wrote them. */
function early(item: Item, figures: Item): Item {
  return { ...without(item, ...LATER_FIGURES, 'rank', 'stale'), total_return: 0, ...figures };
}

describe('a line that is written today', () => {
  it('is read as it is', () => {
    const run = runLine([exampleStrategy(0), { ...exampleStrategy(1), rank: null }]);
    expect(runSchema.parse(run)).toEqual({ ...run, results: Buffer.from('AAEC', 'base64') });
    for (const score of [1.25, 'Infinity']) {
      const line = { ...championLine, score, stale: 'its bars changed' };
      expect(championSchema.parse(line)).toEqual(line);
    }
    expect(headerSchema.parse(headerLine)).toEqual(headerLine);
    expect(cellSchema.parse(cellLine)).toEqual(cellLine);
  });

  it('has a figure of 0 where that is the figure', () => {
    const nothing = {
      trades: 0,
      sharpe: 0,
      max_drawdown: 0,
      win_rate: 0,
      holdout_trades: 0,
      holdout_sharpe: 0,
    };
    const read = runSchema.parse(runLine([{ ...exampleStrategy(0), ...nothing }])).strategies[0];
    expect(read).toMatchObject(nothing);
  });

  it('keeps the rank it has, first or not', () => {
    const strategies = Array.from({ length: 12 }, (_, i) => ({
      ...exampleStrategy(i),
      rank: 40 - i,
      sharpe: i,
    }));
    expect(runSchema.parse(runLine(strategies)).strategies.map(({ rank }) => rank)).toEqual(
      strategies.map(({ rank }) => rank),
    );
  });
});

describe('a line of the first release', () => {
  it('has no figure where no trade was made, and 0 where one came to nothing', () => {
    const zero = { sharpe: 0, max_drawdown: 0, win_rate: 0, total_return: 0, profit_factor: null };
    const holdout = { holdout_sharpe: 0, holdout_max_drawdown: 0, holdout_win_rate: 0 };
    const none = { sharpe: null, max_drawdown: null, win_rate: null, total_return: null };
    const noHoldout = { holdout_sharpe: null, holdout_max_drawdown: null, holdout_win_rate: null };
    for (const [counts, expected] of [
      [
        { trades: 3, holdout_trades: 2 },
        { ...zero, ...holdout },
      ],
      [
        { trades: 0, holdout_trades: 2 },
        { ...zero, ...none, ...holdout },
      ],
      [
        { trades: 3, holdout_trades: 0 },
        { ...zero, ...noHoldout },
      ],
    ] as const) {
      const figures = { ...zero, ...holdout, ...counts };
      const later = Object.fromEntries(LATER_FIGURES.map((key) => [key, null]));
      const wanted = { ...later, ...counts, ...expected };
      expect(
        runSchema.parse(runLine([early({ ...exampleStrategy(0) }, figures)])).strategies[0],
      ).toMatchObject(wanted);
      expect(championSchema.parse(early(championLine, figures))).toMatchObject({ ...wanted, stale: null });
    }
  });

  it('has the ranks of its ten best strategies by Sharpe ratio, the earlier of equals first, and no other', () => {
    const sharpes = [0.5, null, 3, 2, 2, -1, 0.1, 0.2, 0.3, 0.4, 4, null, 1];
    const strategies = sharpes.map((sharpe, i) => early({ ...exampleStrategy(i) }, { sharpe, trades: 3 }));
    const { strategies: read } = runSchema.parse(runLine(strategies));
    expect(read.map((strategy) => strategy.strategy_index)).toEqual(sharpes.map((_, i) => i));
    expect(read.map(({ rank }) => rank)).toEqual([6, null, 2, 3, 4, null, 10, 9, 8, 7, 1, null, 5]);
    const few = runSchema.parse(runLine([strategies[1]!, strategies[11]!, strategies[5]!].reverse()));
    expect(few.strategies.map(({ rank }) => rank)).toEqual([1, 3, 2]);
  });

  it('calls a model file what it was called then', () => {
    const { artifact_file: _file, artifact_bytes: _bytes, ...run } = runLine([]);
    const read = runSchema.parse({ ...run, artefact_file: 'a.model', artefact_bytes: 12 });
    expect(read).toMatchObject({ artifact_file: 'a.model', artifact_bytes: 12 });
  });

  it('compared the scores that were stored', () => {
    const { old_stored_score: _stored, ...row } = AUDIT;
    const { audit } = runSchema.parse(runLine([], [row, AUDIT]));
    expect(audit.map((entry) => entry.old_stored_score)).toEqual([1.25, 1.5]);
  });

  it('trains what is not trained, has no dates of cells and no tries', () => {
    expect(
      headerSchema.parse({ ...headerLine, queue: without(headerLine.queue, 'retrain') }).queue.retrain,
    ).toBe(0);
    expect(cellSchema.parse(without(cellLine, 'as_of')).as_of).toBeNull();
    expect(runSchema.parse(without(runLine([]), 'tries')).tries).toBeNull();
  });
});

describe('a line that no release writes', () => {
  const refused = (schema: { safeParse(item: unknown): { success: boolean } }, lines: readonly unknown[]) =>
    lines.filter((line) => schema.safeParse(line).success);

  it.each([
    ['a run', runSchema, runLine([exampleStrategy(0)])],
    ['a champion', championSchema, championLine],
    ['a cell', cellSchema, cellLine],
    ['a model', modelSchema, { run: 'ab', file: 'a.model', bytes: '' }],
  ])('is refused: %s that has too much, too little, or another kind of value', (_, schema, line: Item) => {
    expect(schema.safeParse(line).success).toBe(true);
    const laterKeys = ['training_key', 'evaluation_keys', 'selection', 'left_out'];
    const optional = ['as_of', 'stale', 'tries', 'results', 'results_digest', ...laterKeys, ...LATER_FIGURES];
    if (schema === championSchema) optional.push('basis', ...LUCK_COLUMNS);
    const keys = Object.keys(line);
    expect(refused(schema, [null, 'text', 7, [], { ...line, more: 1 }])).toEqual([]);
    expect(
      refused(
        schema,
        keys.filter((key) => !optional.includes(key)).map((key) => without(line, key)),
      ),
    ).toEqual([]);
    expect(
      refused(
        schema,
        keys.map((key) => ({ ...line, [key]: { of: 'another kind' } })),
      ),
    ).toEqual([]);
  });

  it.each([
    ['strategy', { ...exampleStrategy(0) } as Item, (item: unknown) => runLine([item])],
    ['decision', AUDIT as Item, (item: unknown) => runLine([], [item])],
  ])('is refused: a run with a %s of that sort', (_, item, lineOf) => {
    const laterErrors = ['old_score_error', 'new_score_error'];
    const optional = ['rank', 'old_stored_score', ...laterErrors, ...LATER_FIGURES];
    const keys = Object.keys(item);
    const broken = [
      null,
      { ...item, more: 1 },
      ...keys.filter((key) => !optional.includes(key)).map((key) => without(item, key)),
      ...keys.map((key) => ({ ...item, [key]: { of: 'another kind' } })),
    ];
    expect(refused(runSchema, broken.map(lineOf))).toEqual([]);
  });

  it('is refused: a header that has too little, or another kind of value', () => {
    const { queue, statistics } = headerLine;
    const lines: unknown[] = [null, ...Object.keys(headerLine).map((key) => without(headerLine, key))];
    for (const [key, part] of [
      ['queue', queue],
      ['statistics', statistics],
    ] as const) {
      const names = Object.keys(part).filter((name) => name !== 'retrain' && name !== 'kind');
      lines.push(
        { ...headerLine, [key]: { ...part, more: 1 } },
        ...names.map((name) => ({ ...headerLine, [key]: without(part, name) })),
        ...names.map((name) => ({ ...headerLine, [key]: { ...part, [name]: [7] } })),
      );
    }
    expect(refused(headerSchema, lines)).toEqual([]);
  });

  it('is refused: numbers and names out of range', () => {
    const strategy = { ...exampleStrategy(0) };
    expect(
      refused(headerSchema, [
        { ...headerLine, sequence: 0 },
        { ...headerLine, created_at: 'yesterday' },
        { ...headerLine, current_index: 0.5 },
        { ...headerLine, queue: { ...headerLine.queue, id: 0 } },
        { ...headerLine, queue: { ...headerLine.queue, state: 'asleep' } },
        { ...headerLine, queue: { ...headerLine.queue, retrain: 2 } },
      ]),
    ).toEqual([]);
    expect(
      refused(cellSchema, [
        { ...cellLine, index: -1 },
        { ...cellLine, state: 'running' },
      ]),
    ).toEqual([]);
    expect(refused(championSchema, [{ ...championLine, score: 'infinite' }])).toEqual([]);
    expect(refused(runIdentitySchema, [{ id: 0, uuid: 'ab' }, { id: 1 }])).toEqual([]);
    expect(
      refused(runSchema, [
        { ...runLine([]), id: 0 },
        { ...runLine([]), status: 'running' },
        { ...runLine([]), kept: 2 },
        { ...runLine([]), horizon: 0 },
        runLine([{ ...strategy, prediction_method: 'guess' }]),
        runLine([{ ...strategy, ensemble_method: 'vote' }]),
      ]),
    ).toEqual([]);
  });
});
