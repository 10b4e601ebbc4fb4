/** What each place of the window asks when it is opened. */
export const PLACES = {
  'Training Queue': 'queue.list',
  'Regime Analysis': 'champions.list',
  'Performance Charts': 'regimes.heatmap',
  Evidence: 'evidence.summary',
  Registry: 'production.list',
  Now: 'forward.list',
  Data: 'market.list',
  Storage: 'storage.summary',
} as const;

/** What is looked for in the history. */
export const PAGES = [
  {},
  { text: 'EURUSD' },
  { sort: 'sharpe' },
  { sort: 'rankIc', descending: false },
  { sort: 'kelly' },
  { sort: 'job' },
  { model: 'ridge', timeframe: 'H4' },
  { kept: true },
  { minSharpe: 1 },
  { minSharpe: 1, symbol: 'DEMO_EURUSD' },
  { symbol: 'DEMO_EURUSD', filter: 'winRate > 50%' },
  { filter: 'trades > 30, winRate > 50%', sort: 'profitFactor' },
  { filter: 'target = return', sort: 'timeframe' },
  { text: '00a3f' },
  { text: 'a3', sort: 'createdAt' },
  { from: '2026-01-01', sort: 'kelly' },
  { sort: 'trades', status: 'completed' },
] as const;
