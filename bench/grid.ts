import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueSummaryDto } from '../engine/contract/dto/index.ts';
import { demoMarket } from '../engine/market/demo-market.ts';
import { writeCandleCsv } from '../engine/market/testing/candle-csv.ts';
import { inTemporaryFolder, type MeasuredCommand, measureCommand } from './command.ts';
import { hourlyFile } from './market-data.ts';
import { median, type Subject } from './subject.ts';

const THREADS = 2;
const REAL = ['EURUSD', 'GBPUSD'];

interface GridBench {
  readonly name: string;
  readonly modelTypes: readonly string[];
  /** Least configurations a second, the command from start to end. */
  readonly atLeast: number;
  /** Most memory, megabytes. */
  readonly atMost: number;
}

export const LINEAR = ['linear_regression', 'ridge', 'lasso', 'elasticnet'];
export const TREES = ['random_forest', 'gradient_boosting', 'xgboost', 'lightgbm'];

export const gridSubject = subjectOf({ name: 'grid', modelTypes: LINEAR, atLeast: 20, atMost: 600 });

export const fullGridSubject = subjectOf({
  name: 'full-grid',
  modelTypes: [...LINEAR, ...TREES],
  atLeast: 4,
  atMost: 800,
});

function subjectOf({ name, modelTypes, atLeast, atMost }: GridBench): Subject {
  const configurations = modelTypes.length * 32;
  return {
    name,
    title: `${configurations} configurations of ${modelTypes.length} model types trained, ${configurations * 135} backtests`,
    async measure(runs = 3) {
      const real = isReal();
      const measured = Array.from({ length: runs }, () =>
        inTemporaryFolder((folder) => trainGrid(folder, marketFiles(folder), modelTypes, configurations)),
      );
      const queueSeconds = ({ json }: MeasuredCommand) => (json as QueueSummaryDto).seconds;
      const perSecond = (seconds: (m: MeasuredCommand) => number) =>
        median(measured.map((m) => configurations / seconds(m)));
      return {
        data: `${real ? `${REAL.join(' and ')} H1, real candles` : 'the synthetic demo market'}; ${THREADS} threads, a process of its own`,
        runs,
        figures: [
          {
            name: 'command from start to end',
            value: perSecond((m) => m.seconds),
            unit: 'configurations/s',
            atLeast,
          },
          { name: 'queue alone', value: perSecond(queueSeconds), unit: 'configurations/s' },
          { name: 'peak memory', value: median(measured.map((m) => m.peakMb)), unit: 'MB', atMost },
        ],
      };
    },
  };
}

export interface SymbolFile {
  readonly symbol: string;
  readonly file: string;
}

/** Whether there are real candles of all symbols. */
export const isReal = (): boolean => REAL.every((symbol) => hourlyFile(symbol) !== undefined);

/** EURUSD and GBPUSD H1: real candles where there are some, else those of the synthetic market, written into the folder. */
export function marketFiles(folder: string): SymbolFile[] {
  return isReal() ? realFiles() : syntheticFiles(folder);
}

const realFiles = (): SymbolFile[] =>
  REAL.flatMap((symbol) => {
    const file = hourlyFile(symbol);
    return file === undefined ? [] : [{ symbol, file }];
  });

function syntheticFiles(folder: string): SymbolFile[] {
  return demoMarket()
    .slice(0, 2)
    .map((candles) => {
      const file = join(folder, `${candles.symbol}.csv`);
      writeCandleCsv(file, candles);
      return { symbol: candles.symbol, file };
    });
}

/** Horizons of so many configurations: four, or as many from 1 on as it takes. */
function horizonsOf(configurations: number, others: number): number[] {
  const count = configurations / others;
  return count === 4 ? [1, 3, 6, 12] : Array.from({ length: count }, (_, i) => i + 1);
}

/** Trains a grid of so many configurations by the command line, in a process of its own; `where`: options of it. */
export function trainGrid(
  folder: string,
  files: readonly SymbolFile[],
  modelTypes: readonly string[],
  configurations: number,
  where: readonly string[] = [],
): MeasuredCommand {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'config.yaml'), `queue: { threads: ${THREADS}, test_robustness: false }\n`);
  const grid = join(folder, 'grid.yaml');
  const spec = {
    model_types: modelTypes,
    symbols: files.map(({ symbol }) => symbol),
    timeframes: ['H1', 'H4'],
    days_history: [60, 180],
    horizons: horizonsOf(configurations, modelTypes.length * files.length * 4),
  };
  // JSON is YAML.
  writeFileSync(grid, JSON.stringify(spec));
  for (const { symbol, file } of files) {
    measureCommand(workspace, ['market', 'import', file, '--symbol', symbol, '--timeframe', 'H1']);
  }
  const measured = measureCommand(workspace, ['train', grid, ...where]);
  const { completed } = measured.json as QueueSummaryDto;
  if (completed !== configurations) throw new Error(`expected ${configurations} trained, found ${completed}`);
  return measured;
}
