import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CostModel } from '../../engine/backtest/costs.ts';
import { CANDLE_COLUMNS, type Candles } from '../../engine/market/candles.ts';
import { pipSize } from '../../engine/market/instruments/pip-size.ts';
import { peersRoot } from '../../engine/testing/peers.ts';

/** What the Python pipeline trains: the axes of a grid with all else as Regimen's defaults have it. */
export interface PythonGrid {
  readonly symbols: readonly { readonly candles: Candles; readonly costs: CostModel }[];
  readonly timeframes: readonly string[];
  readonly daysHistory: readonly number[];
  readonly horizons: readonly number[];
  readonly modelTypes: readonly string[];
  readonly processes: number;
  /** Whether the forecasts of every configuration are written, too. */
  readonly forecasts?: boolean;
}

/** What it says of a grid, in grid order. */
export interface PythonAnswer {
  readonly configurations: number;
  readonly champions: readonly PythonChampion[];
  readonly metrics: readonly {
    readonly rmse: number;
    readonly mae: number;
    readonly r2: number;
    readonly rank_ic: number;
  }[];
}

export interface PythonChampion {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  readonly strategy: number;
  readonly score: number;
  readonly trades: number;
}

export const RUN = join(import.meta.dirname, 'run.py');

/** Writes candles and specification into a new folder; returns the specification's file. */
export function writeGrid(folder: string, grid: PythonGrid): string {
  mkdirSync(folder);
  const symbols = grid.symbols.map(({ candles, costs }) => {
    const file = join(folder, `${candles.symbol}.f64`);
    writeFileSync(file, Buffer.concat(CANDLE_COLUMNS.map((name) => bytesOf(candles[name]))));
    return {
      name: candles.symbol,
      file,
      costs: {
        pip: pipSize(candles.symbol),
        spread_pips: costs.spreadPips,
        slippage_pips: costs.slippagePips,
        commission_per_side: costs.commissionPerSide,
        swap_long_pips: costs.swapLongPips,
        swap_short_pips: costs.swapShortPips,
      },
    };
  });
  const spec = {
    folder,
    symbols,
    timeframes: grid.timeframes,
    days_history: grid.daysHistory,
    horizons: grid.horizons,
    model_types: grid.modelTypes,
    seed: 42,
    processes: grid.processes,
    forecasts: grid.forecasts ?? false,
  };
  const file = join(folder, 'spec.json');
  writeFileSync(file, JSON.stringify(spec));
  return file;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

export function readAnswer(folder: string): PythonAnswer {
  return JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) as PythonAnswer;
}

export function readNumbers(file: string): Float64Array {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/**
 * Environment of the Python side: what numba compiled and Python's own bytecode are kept beside the peers, and each process
 * has one thread.
 */
export function pythonEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const cache = join(peersRoot(env), 'compiled');
  const own: NodeJS.ProcessEnv = {
    ...env,
    NUMBA_CACHE_DIR: join(cache, 'numba'),
    PYTHONPYCACHEPREFIX: join(cache, 'bytecode'),
    PYTHONNOUSERSITE: '1',
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
  };
  for (const name of ['PYTHONDONTWRITEBYTECODE', 'PYTHONPATH', 'PYTHONHOME']) delete own[name];
  return own;
}
