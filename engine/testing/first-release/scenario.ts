/** What the workspace of the first release was told to do. Changing it means making the archive again. */

/** Milliseconds since 1970-01-01 UTC of its first moment. */
export const BEGIN = Date.UTC(2026, 10, 21, 2);

/** Short windows and few strategies keep it small; no checkpoint but the one a queue stops with. */
export const CONFIG = `# A comment of the user's.
storage: { min_free_mb: 0 }
queue: { threads: 1, auto_checkpoint_interval: 1000 }
model_management: { keep_top_n_per_regime: 1 }
inference_grid:
  prediction_methods: [direct, recursive]
  ensemble_methods: [mean, stacking]
  confidence_thresholds: [0.4, 0.6]
  lookback_windows: [50]
evaluation: { selection_days: 30, holdout_days: 10, min_trades_per_regime: 3 }
training: { seed: 11 }
`;

const SHORT = {
  timeframes: ['H1', 'H4'],
  days_history: [30],
  indicator_timeframes: {
    obv: ['H1'],
    sma: ['H1', 'H4'],
    roc: ['H1', 'H4'],
    stochastic: ['H1'],
    bollinger: ['H1', 'H4'],
  },
  hyperparameters: { xgboost: { n_estimators: 8, max_depth: 2 }, ridge: { alpha: 1 } },
};

const MODELS = ['ridge', 'lasso', 'xgboost'];

export const GRIDS = {
  completed: {
    ...SHORT,
    name: 'Completed',
    model_types: MODELS,
    symbols: ['EURUSD', 'USDJPY'],
    horizons: [3],
    encoders: ['time_delta', 'absolute'],
  },
  paused: { ...SHORT, name: 'Paused', model_types: MODELS, symbols: ['EURUSD'], horizons: [2, 4] },
  cancelled: {
    ...SHORT,
    model_types: ['ridge', 'lasso'],
    symbols: ['EURUSD', 'USDJPY'],
    timeframes: ['H1'],
    horizons: [2, 5],
    hyperparameters: {},
  },
  pending: {
    ...SHORT,
    name: 'Pending',
    model_types: ['ridge'],
    symbols: ['EURUSD'],
    horizons: [3, 6],
    encoders: ['absolute'],
    hyperparameters: { ridge: { alpha: [1, 10] } },
  },
};

/** One of the default regimes is gone, one is switched off, one is new. */
export const REGIMES = [
  {
    name: 'bull_trending',
    title: 'Bull trending',
    description: 'A clean rise over the last 50 bars.',
    active: true,
    rules: { trend_strength: '> 0.7', returns: '> 0' },
  },
  {
    name: 'volatile_ranging',
    title: 'Volatile ranging',
    description: 'Switched off.',
    active: false,
    rules: { volatility: '> 75th percentile' },
  },
  {
    name: 'quick',
    title: 'Quick',
    description: 'The last 10 bars went far.',
    active: true,
    rules: { momentum: '> 1x average' },
  },
];

const HOUR = 3_600_000;
const DAYS = 95;
/** A Friday's close. */
const END = Date.UTC(2026, 10, 20, 22);

/**
 * Hourly bars of a market that never was, Sunday 22:00 to Friday 22:00 UTC. Some volumes of USDJPY are so large that
 * their squares are no finite numbers: linear models on absolute volumes fail there.
 */
export function candlesCsv(symbol: 'EURUSD' | 'USDJPY'): string {
  const yen = symbol === 'USDJPY';
  const lines = ['time,open,high,low,close,volume'];
  let state = yen ? 7 : 3;
  /** Park and Miller's generator, 0..1. */
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let price = yen ? 150 : 1.1;
  for (let time = END - DAYS * 24 * HOUR, i = 0; time < END; time += HOUR) {
    // Shifted by two hours, the week is Monday to Friday.
    if ([0, 6].includes(new Date(time + 2 * HOUR).getUTCDay())) continue;
    const open = price;
    price *= Math.exp(0.0006 * Math.sin(time / (37 * HOUR)) + 0.002 * (random() + random() - 1));
    const high = Math.max(open, price) * (1 + 0.0005 * random());
    const low = Math.min(open, price) * (1 - 0.0005 * random());
    const volume = yen && ++i % 97 === 0 ? '1e308' : String(100 + Math.floor(150 * random()));
    const prices = [open, high, low, price].map((x) => x.toFixed(yen ? 2 : 4));
    lines.push([new Date(time).toISOString().slice(0, 19), ...prices, volume].join(','));
  }
  return `${lines.join('\n')}\n`;
}
