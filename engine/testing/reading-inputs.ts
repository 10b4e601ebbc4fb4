import type { ReadingEngine } from '../app.ts';
import type { ReadingMethod } from '../contract/api/effects.ts';
import type { RawInput } from '../contract/api/index.ts';
import { referencesOf } from '../contract/champion-reference.ts';
import type { GridSpecInput } from '../contract/grid.ts';

/** The name of a champion of the workspace; of none where there is none. */
export async function firstChampion({ call }: Pick<ReadingEngine, 'call'>): Promise<string> {
  return referencesOf(await call('champions.list', {}))[0] ?? 'DEMO_EURUSD/H4/none';
}

/** What methods that read are asked about. */
export interface ReadingMatters {
  /** Bars to import. */
  readonly candleFile: string;
  /** Number of a run of trees whose model is kept. */
  readonly run: string;
  /** Name of a champion. */
  readonly champion: string;
  /** Where its model was exported to. */
  readonly exported: string;
  /** The same of the run with everything that it was made of. */
  readonly bundle: string;
  readonly grid: GridSpecInput;
  /** A path for a file that is asked for, by its ending. */
  readonly out: (ending: string) => string;
}

/** What each method that reads is called with; one without an input doesn't compile. */
export function readingInputs({ candleFile, champion, run, exported, bundle, grid, out }: ReadingMatters): {
  readonly [M in ReadingMethod]: () => RawInput<M>;
} {
  return {
    'evaluation.preview': () => ({}),
    'validation.preview': () => ({ subject: { runId: run }, scheme: 'quick', folds: 1 }),
    'validation.list': () => ({}),
    'search.read': () => ({ text: JSON.stringify(grid) }),
    'search.preview': () => ({ search: grid }),
    'search.list': () => ({}),
    'search.best': () => ({ queueId: 1, out: out('json') }),
    'search.export': () => ({ queueId: 1, out: out('parquet') }),
    'market.inspect': () => ({ file: candleFile }),
    'market.inspectFiles': () => ({ files: [candleFile] }),
    'market.watched': () => ({}),
    'market.arrivals': () => ({}),
    'alert.list': () => ({}),
    'marks.list': () => ({}),
    'views.list': () => ({}),
    'axes.scores': () => ({}),
    'run.money': () => ({ run, account: 10_000, currency: 'USD', lots: 0.1 }),
    'compare.show': () => ({ of: [run, champion] }),
    'statement.list': () => ({}),
    'statement.compare': () => ({ name: 'EURUSD H1' }),
    'forward.list': () => ({}),
    'forward.show': () => ({ name: 'EURUSD H1 all' }),
    'market.list': () => ({}),
    'market.changes': () => ({}),
    'market.bars': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4' }),
    'model.export': () => ({ run: run, out: out('json') }),
    'run.export': () => ({ run: run, out: out('zip') }),
    'run.replay': () => ({ file: bundle }),
    'model.formats': () => ({ run: run }),
    'model.features': () => ({ run: run, out: out('csv') }),
    'model.import': () => ({ run: run, file: exported }),
    'grid.options': () => ({}),
    'grid.demo': () => ({}),
    'grid.read': () => ({ text: JSON.stringify(grid) }),
    'grid.write': () => ({ grid: grid }),
    'grid.preview': () => ({ grid: grid }),
    'queue.list': () => ({}),
    'queue.get': () => ({ queueId: 1 }),
    'queue.wait': () => ({ queueId: 1 }),
    'queue.summary': () => ({ queueId: 1 }),
    'queue.results': () => ({ queueId: 1 }),
    'feed.recent': () => ({}),
    'recovery.list': () => ({}),
    'recovery.lost': () => ({}),
    'jobs.list': () => ({}),
    'jobs.get': () => ({ jobId: 1 }),
    'jobs.export': () => ({}),
    'jobs.write': () => ({ request: { kind: 'walk_forward', champions: 'all', training_mode: 'own' } }),
    'jobs.status': () => ({ jobId: '1' }),
    'jobs.statuses': () => ({}),
    'token.list': () => ({}),
    'production.list': () => ({}),
    'production.show': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4' }),
    'production.journal': () => ({}),
    'production.plan': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4', period: '1y' }),
    'production.trainings': () => ({}),
    'production.training': () => ({ id: 'train_none_1.000' }),
    'schedule.list': () => ({}),
    'schedule.show': () => ({}),
    'schedule.next': () => ({ cron: '0 2 * * 0' }),
    'tracking.status': () => ({}),
    'updates.check': () => ({}),
    'survival.rows': () => ({}),
    'survival.list': () => ({}),
    'survival.get': () => ({}),
    'survival.gate': () => ({}),
    'survival.journal': () => ({}),
    'production.compare': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4' }),
    'production.report': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4', out: out('html') }),
    'signals.list': () => ({}),
    'workers.list': () => ({}),
    'production.export': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4', out: out('onnx') }),
    'evidence.summary': () => ({}),
    'evidence.runs': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4', stage: 'positive' }),
    'evidence.luck': () => ({ champion }),
    'evidence.validations': () => ({ champion }),
    'evidence.curve': () => ({ id: 1 }),
    'overview.get': () => ({}),
    'champions.list': () => ({}),
    'champions.vacancies': () => ({}),
    'champions.export': () => ({ csv: out('csv') }),
    'history.search': () => ({}),
    'history.get': () => ({ run: run }),
    'history.export': () => ({}),
    'run.lookahead': () => ({ run: run }),
    'run.trace': () => ({ run: run, strategyIndex: 0 }),
    'run.bars': () => ({ run: run, limit: 10 }),
    'portfolio.show': () => ({}),
    'report.write': () => ({ run: run, out: out('html') }),
    'run.trades': () => ({ run: run, csv: out('csv') }),
    'trades.export': () => ({ run: run, csv: out('csv') }),
    'regimes.list': () => ({}),
    'regimes.check': () => ({ regimes: [] }),
    'regimes.notes': () => ({ regimes: [] }),
    'regimes.preview': () => ({ regimes: [] }),
    'regimes.test': () => ({ symbol: 'DEMO_EURUSD', timeframe: 'H4', regimes: [] }),
    'regimes.heatmap': () => ({}),
    'settings.get': () => ({}),
    'storage.summary': () => ({}),
    'verify.run': () => ({}),
    'verify.last': () => ({}),
    'validation.get': () => ({ id: 1 }),
  };
}
