import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunDto } from './contract/dto/index.ts';
import { openTestWorkspace, type TestWorkspace, train } from './testing/engines.ts';

/**
 * Cells that share a context and cells that must not, trained one after the other by one thread: each has the figures that
 * it has alone. A thread that took the context of another symbol, encoder, history or length of window would give others.
 */

/** RMSE and rank correlation of what members left out, by symbol, encoder, days of history and horizon. */
const GOLDEN: Readonly<Record<string, readonly [rmse: number, rankIc: number]>> = {
  'DEMO_EURUSD absolute 300 3': [0.004351079991129553, 0.023660951751619027],
  'DEMO_EURUSD absolute 300 6': [0.006763561001502147, 0.08880976495991207],
  'DEMO_EURUSD absolute 60 3': [0.012286822773123892, 0.13180287111287886],
  'DEMO_EURUSD absolute 60 6': [0.01682719792842609, 0.09939161250977259],
  'DEMO_EURUSD normalized 300 3': [0.003997060784756251, -0.017916245505456913],
  'DEMO_EURUSD normalized 300 6': [0.0061642766407073385, 0.012029376023868367],
  'DEMO_EURUSD normalized 60 3': [0.012432348772226392, 0.11003293544391156],
  'DEMO_EURUSD normalized 60 6': [0.019129228526426893, 0.22800078476650512],
  'DEMO_GBPUSD absolute 300 3': [0.005444920616490157, -0.014888171630385498],
  'DEMO_GBPUSD absolute 300 6': [0.009993842054073193, -0.006032401312047357],
  'DEMO_GBPUSD absolute 60 3': [0.013701004901961631, 0.012159244710410605],
  'DEMO_GBPUSD absolute 60 6': [0.024052550435546962, 0.038732121899947125],
  'DEMO_GBPUSD normalized 300 3': [0.0036723259471443987, 0.03848700865717105],
  'DEMO_GBPUSD normalized 300 6': [0.005620573686181951, 0.053111319055863],
  'DEMO_GBPUSD normalized 60 3': [0.013039635211332523, -0.01481315697108626],
  'DEMO_GBPUSD normalized 60 6': [0.02000432622161526, -0.07493325939204787],
};

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  await engine.call('settings.set', {
    changes: {
      // They were first computed with days that begin in UTC.
      'market.day_start': 'utc',
      'inference_grid.prediction_methods': ['direct'],
      'inference_grid.ensemble_methods': ['mean'],
      'inference_grid.confidence_thresholds': [0.4],
      'inference_grid.lookback_windows': [50],
    },
  });
});
afterAll(() => workspace.dispose());

async function runsOf(encoders: readonly ('normalized' | 'absolute')[], symbols: readonly string[]) {
  const { completed } = await train(workspace.engine, {
    model_types: ['ridge'],
    symbols: [...symbols],
    timeframes: ['H4'],
    encoders: [...encoders],
    days_history: [60, 300],
    horizons: [3, 6],
  });
  const { runs } = await workspace.engine.call('history.search', { limit: completed });
  return new Map(runs.map((run) => [nameOf(run), run]));
}

const nameOf = ({ symbol, encoder, daysHistory, horizon }: RunDto) =>
  `${symbol} ${encoder} ${daysHistory} ${horizon}`;

it('two symbols and two encoders have the figures that they always had', async () => {
  const runs = await runsOf(['normalized', 'absolute'], ['DEMO_EURUSD', 'DEMO_GBPUSD']);
  const figures = Object.fromEntries([...runs].map(([name, { rmse, rankIc }]) => [name, [rmse, rankIc]]));
  expect(figures).toEqual(GOLDEN);
});
