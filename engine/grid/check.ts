import type { ArtifactFolder } from '../artifacts/folder.ts';
import { asOf, symbolClock } from '../binding/as-of.ts';
import { type Basis, describeChange } from '../binding/basis.ts';
import { createResolver } from '../binding/resolver.ts';
import { strategyAxes, windowDays } from '../binding/settings.ts';
import { trainedAs } from '../binding/trained.ts';
import type { Config } from '../config/schema.ts';
import type { GridPreviewDto } from '../contract/dto/index.ts';
import type { EngineError, Problem } from '../contract/errors.ts';
import { type GridSpec, gridError } from '../contract/grid.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { strategyGrid } from '../inference/strategy-grid.ts';
import type { Candles } from '../market/candles.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import type { NewCell } from '../store/queues.ts';
import { basisReader, completedRuns, measuredRates } from '../store/runs.ts';
import { createGrid, type Grid } from './grid.ts';
import { countText } from './hyperparameters.ts';
import { preflight } from './preflight.ts';
import { estimate, formula, gridAxes, plural } from './preview.ts';
import { createGridSource } from './source.ts';

export interface GridCheckDeps {
  readonly store: Store;
  readonly library: CandleLibrary;
  /** Which model files are there. */
  readonly models: Pick<ArtifactFolder, 'has'>;
  readonly config: Config;
  readonly threads: number;
}

/** What of a grid is to be trained. */
export interface GridWishes {
  /** What is already trained is trained again. */
  readonly retrain: boolean;
  /** Configurations that the candles are too short for are left out, instead of standing in the way. */
  readonly skipImpossible: boolean;
}

/** A grid that can be trained, held against what the workspace has. */
export interface CheckedGrid {
  readonly grid: Grid;
  /** In grid order; what is already trained is skipped, and so, without a run, is what is left out. */
  readonly cells: readonly NewCell[];
  readonly preview: GridPreviewDto;
  /** What is already trained is trained again. */
  readonly retrain: boolean;
}

/**
 * Checks a grid against the workspace's candles and runs; writes nothing.
 * @throws EngineError `grid-invalid` with every problem
 */
export function checkGrid(deps: GridCheckDeps, spec: GridSpec, wishes: GridWishes): CheckedGrid {
  const { store, library, models, config } = deps;
  const grid = createGrid(spec);
  refuseTooLarge(grid);
  const series = library.list();
  const { problems, tooShort, impossible } = preflight(grid, {
    symbols: [...new Set(series.map(({ symbol }) => symbol))],
    windowsEnd(symbol) {
      const clock = symbolClock(series, symbol)!;
      return { ...clock, asOf: asOf(symbol, clock, config.evaluation.as_of) };
    },
    load: createLoader(library),
    windows: windowDays(config),
    members: config.training.members,
  });
  if (problems.length > 0) throw gridError(problems);
  const isAllowed = wishes.skipImpossible && impossible.size < grid.size;
  if (tooShort.length > 0 && !isAllowed) throw impossibleCells(tooShort, impossible.size, grid.size);

  const resolver = createResolver(library, config);
  const source = createGridSource(grid);
  const given = source.ask(Number.POSITIVE_INFINITY);
  const resolved = given.map(({ configuration, asOf }) => ({
    ...resolver.resolve(configuration, asOf),
    asOf,
  }));
  const skip = config.queue.skip_already_trained && !wishes.retrain;
  const known = completedRuns(store, skip ? resolved.map((cell) => cell.configHash) : []);
  const basisOf = basisReader(store);
  const changeSince = createChangeNames();
  const outdated = new Map<string, number>();
  const cells = resolved.map((cell, index): NewCell => {
    const { basis, configuration, asOf, configHash, runKey } = cell;
    const common = { configuration, asOf, configHash, runKey };
    if (impossible.has(index)) return { ...common, state: 'skipped', runId: null };
    const runs = known.get(configHash) ?? [];
    const trained = trainedAs(store, models, runs, cell);
    if (trained !== undefined) return { ...common, state: 'skipped', runId: trained.id };
    const [other] = runs;
    if (other !== undefined) {
      const change = changeSince(basisOf(other.id), basis);
      outdated.set(change, (outdated.get(change) ?? 0) + 1);
    }
    return { ...common, state: 'pending', runId: null };
  });
  const toTrain = cells.filter((cell) => cell.state === 'pending').length;
  const alreadyTrained = grid.size - impossible.size - toTrain;
  return {
    grid,
    cells,
    retrain: !skip,
    preview: {
      formula: formula(grid, alreadyTrained, impossible.size),
      axes: gridAxes(grid),
      totalConfigs: grid.size,
      alreadyTrained,
      impossible: impossible.size,
      toTrain,
      backtests: toTrain * strategyGrid(strategyAxes(config)).length,
      outdated: [...outdated].map(([reason, count]) => ({ reason, count })),
      estimate: estimate(grid, toTrain, measuredRates(store), deps.threads),
      notes: gridNotes(grid),
    },
  };
}

/** Each configuration of a grid is checked, bound to its candles and stored before the first is trained. */
export const MOST_CONFIGURATIONS = 100_000;

function refuseTooLarge(grid: Grid): void {
  if (grid.size <= MOST_CONFIGURATIONS) return;
  const factors = gridAxes(grid).map(({ name, count }) => plural(count, name));
  const message = `${factors.join(' x ')} = ${countText(grid.size)} configurations; a grid may have ${countText(MOST_CONFIGURATIONS)}. Shorten its longest lists, or make several grids`;
  throw gridError([{ path: '', message }], undefined, { totalConfigs: grid.size });
}

/** Says how many stand in the way, and that they need not where others are left. */
function impossibleCells(problems: readonly Problem[], count: number, size: number): EngineError {
  const details = { impossible: count, totalConfigs: size };
  if (count === size)
    return gridError(
      problems.map(({ path, message }) => ({ path, message })),
      undefined,
      details,
    );
  const path = '';
  const message = `${count} of ${plural(size, 'configuration')} can't be trained; they can be left out`;
  return gridError([...problems, { path, message, remedy: 'skip-impossible' }], undefined, details);
}

/** Preflight asks for the same few series thousands of times: those of one symbol after the other. */
function createLoader(library: CandleLibrary): (symbol: string, timeframe: Timeframe) => Candles | undefined {
  const kept = new Map<Timeframe, Candles | undefined>();
  let keptSymbol: string | undefined;
  return (symbol, timeframe) => {
    if (symbol !== keptSymbol) kept.clear();
    keptSymbol = symbol;
    if (!kept.has(timeframe)) kept.set(timeframe, library.load(symbol, timeframe)?.candles);
    return kept.get(timeframe);
  };
}

/** `describeChange`, worked out once for each pair of bases: thousands of cells have the same. */
function createChangeNames(): (before: string, now: Basis) => string {
  const known = new Map<Basis, Map<string, string>>();
  return (before, now) => {
    const names = known.get(now) ?? new Map<string, string>();
    known.set(now, names);
    const name =
      names.get(before) ??
      describeChange(storedJson<Partial<Basis>>(before, 'what a run was trained on'), now);
    names.set(before, name);
    return name;
  };
}

/** What a user would otherwise wonder about. */
function gridNotes(grid: Grid): string[] {
  const wanted = grid.spec.indicator_timeframes;
  if (wanted === undefined) return [];
  return grid.axes.timeframe.flatMap((base) => {
    const used = grid.indicatorTimeframes(base);
    const unused = Object.entries(wanted).flatMap(([indicator, timeframes]) =>
      timeframes
        .filter((t) => !used[indicator as keyof typeof used]?.includes(t))
        .map((t) => `${indicator} on ${t}`),
    );
    return unused.length === 0
      ? []
      : [`${base} cells don't use ${unused.join(', ')}: shorter than their own timeframe.`];
  });
}
