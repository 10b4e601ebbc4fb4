import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configuredCosts } from '../../engine/binding/costs.ts';
import { readWorkspaceConfig } from '../../engine/config/files.ts';
import type { ChampionDto, QueueSummaryDto } from '../../engine/contract/dto/index.ts';
import { importFile } from '../../engine/market/importing/import.ts';
import { peersPython } from '../../engine/testing/peers.ts';
import { measureCommand, REGIMEN } from '../command.ts';
import type { SymbolFile } from '../grid.ts';
import { type MeasuredProcess, measureProcess } from './measured-process.ts';
import { pythonEnv, RUN, readAnswer, writeGrid } from './python-grid.ts';

const WORKERS = 2;

/** The axes of a grid, over the first so many symbols of the market. */
export interface PeersGrid {
  readonly modelTypes: readonly string[];
  readonly symbols: number;
  readonly timeframes: readonly string[];
  readonly daysHistory: readonly number[];
  readonly horizons: readonly number[];
}

export interface Side {
  readonly measured: MeasuredProcess;
  /** Who became champion of what, a line each, in a fixed order. */
  readonly champions: readonly string[];
}

const sizeOf = (grid: PeersGrid): number =>
  [grid.modelTypes, grid.timeframes, grid.daysHistory, grid.horizons].reduce(
    (size, axis) => size * axis.length,
    grid.symbols,
  );

/** `regimen train` in a new workspace that has the candles already. */
export async function regimenSide(
  folder: string,
  files: readonly SymbolFile[],
  grid: PeersGrid,
  nodeOptions: readonly string[] = [],
): Promise<Side> {
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'config.yaml'), `queue: { threads: ${WORKERS}, test_robustness: false }\n`);
  const chosen = files.slice(0, grid.symbols);
  for (const { symbol, file } of chosen) {
    measureCommand(workspace, ['market', 'import', file, '--symbol', symbol, '--timeframe', 'H1']);
  }
  const gridFile = join(folder, 'grid.yaml');
  // JSON is YAML.
  writeFileSync(
    gridFile,
    JSON.stringify({
      model_types: grid.modelTypes,
      symbols: chosen.map(({ symbol }) => symbol),
      timeframes: grid.timeframes,
      days_history: grid.daysHistory,
      horizons: grid.horizons,
    }),
  );
  const command = [process.execPath, ...nodeOptions, REGIMEN, 'train', gridFile, '--workspace', workspace];
  const measured = measureProcess(folder, [...command, '--json'], process.env);
  requireAll((JSON.parse(measured.stdout) as QueueSummaryDto).completed, grid);
  const champions = measureCommand(workspace, ['champions']).json as readonly ChampionDto[];
  return {
    measured,
    champions: champions
      .map(({ symbol, timeframe, regime, strategyIndex, sharpe, trades }) =>
        championLine({
          symbol,
          timeframe,
          regime,
          strategy: strategyIndex,
          score: sharpe ?? Number.NaN,
          trades,
        }),
      )
      .sort(),
  };
}

/** The Python pipeline over the same candles, which it finds as columns of numbers. */
export async function pythonSide(
  folder: string,
  files: readonly SymbolFile[],
  grid: PeersGrid,
): Promise<Side> {
  const config = readWorkspaceConfig(folder);
  const symbols = [];
  for (const { symbol, file } of files.slice(0, grid.symbols)) {
    const { candles } = await importFile(file, { symbol, timeframe: 'H1' });
    symbols.push({ candles, costs: configuredCosts(config, symbol) });
  }
  const out = join(folder, 'python');
  const spec = writeGrid(out, { ...grid, symbols, processes: WORKERS });
  const measured = measureProcess(folder, [peersPython(), RUN, spec], pythonEnv(process.env));
  const answer = readAnswer(out);
  requireAll(answer.configurations, grid);
  return { measured, champions: answer.champions.map(championLine).sort() };
}

function requireAll(trained: number, grid: PeersGrid): void {
  if (trained !== sizeOf(grid)) throw new Error(`expected ${sizeOf(grid)} trained, found ${trained}`);
}

interface ChampionLine {
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  readonly strategy: number;
  readonly score: number;
  readonly trades: number;
}

function championLine({ symbol, timeframe, regime, strategy, score, trades }: ChampionLine): string {
  return `${symbol} ${timeframe} ${regime}: strategy ${strategy}, ${score.toFixed(6)}, ${trades} trades`;
}
