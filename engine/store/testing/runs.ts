import { createHash } from 'node:crypto';
import { ENCODERS } from '../../contract/words.ts';
import { uuidFrom } from '../../identity/digest.ts';
import { createPrng } from '../../random/prng.ts';
import type { Store } from '../database.ts';
import { insertRun, type RunRow } from '../runs.ts';
import type { EvaluatedColumns } from '../schema.ts';
import { exampleStrategy, FIGURES } from './example-rows.ts';

const MODELS = ['ridge', 'lasso', 'xgboost', 'a_b'];
const SYMBOLS = ['EURUSD', 'USDJPY', 'AUDCAD'];
const TIMEFRAMES = ['M5', 'M30', 'H1', 'H4', 'D1'] as const;
const MESSAGES = [
  'The labels have no variance.',
  '100% of the rows are missing.',
  'Out of "memory", \\ or so.',
];
const START = Date.UTC(2026, 0, 1);

/** Figures of a run's best strategy: of all kinds, with ties, and without what no losing trade leaves undefined. */
export function figuresOfRun(id: number): EvaluatedColumns {
  const random = createPrng(id);
  const figure = () => (random.int(6) === 0 ? null : Math.round(random.normal() * 8) / 8);
  return {
    ...FIGURES,
    sharpe_error: figure(),
    max_drawdown: figure(),
    win_rate: figure(),
    profit_factor: figure(),
    trades: random.int(60),
    longest_losing_streak: random.int(9),
    composite: figure(),
    roi: figure(),
    average_win: figure(),
    average_loss: figure(),
    kelly: figure(),
  };
}

/** Inserts runs with figures of all kinds, and a strategy each but for failed ones; `values` overrules them. */
export function insertTestRuns(store: Store, count: number, values: Partial<RunRow> = {}): RunRow[] {
  const random = createPrng(1);
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!;
  return store.transaction(() =>
    Array.from({ length: count }, (_, i) => {
      const id = i + 1;
      const key = createHash('sha256')
        .update(`run ${values.id ?? id}`)
        .digest('hex');
      const failed = random.int(8) === 0;
      const kept = !failed && random.int(5) === 0;
      const figure = () => (failed ? null : random.normal());
      const run: RunRow = {
        id,
        uuid: uuidFrom(key),
        run_key: key,
        training_key: null,
        evaluation_keys: null,
        attempt: 1,
        config_hash: key,
        model_type: pick(MODELS),
        encoder: pick(ENCODERS),
        symbol: pick(SYMBOLS),
        timeframe: pick(TIMEFRAMES),
        days_history: pick([30, 60, 90]),
        horizon: pick([3, 6, 12]),
        indicator_timeframes: '{"rsi":["H1"]}',
        hyperparameters: '{"alpha":1}',
        configuration: null,
        synthetic: 0,
        status: failed ? 'failed' : 'completed',
        kept: kept ? 1 : 0,
        train_rows: failed ? null : 1000,
        rmse: figure(),
        mae: figure(),
        r2: figure(),
        rank_ic: figure(),
        // Ties, too.
        best_sharpe: failed ? null : Math.round(random.normal() * 4) / 4,
        strategies_tested: failed ? 0 : 135,
        artifact_file: kept ? `model_${id}.model` : null,
        artifact_bytes: failed ? 0 : 1000,
        created_at: START + random.int(60) * 86_400_000 + random.int(86_400_000),
        seconds: 0.5,
        error: failed
          ? JSON.stringify({ code: 'training-failed', message: pick(MESSAGES), details: {}, stack: 'at zzz' })
          : null,
        basis: '{}',
        importance: null,
        left_out: null,
        results: null,
        tries: null,
        selection: null,
        ...values,
      };
      insertRun(
        store,
        run,
        failed ? [] : [{ ...exampleStrategy(0), ...figuresOfRun(id), sharpe: run.best_sharpe }],
      );
      return run;
    }),
  );
}
