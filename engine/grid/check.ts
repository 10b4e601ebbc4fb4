import type { ArtifactFolder } from '../artifacts/folder.ts';
import { asOf, symbolClock } from '../binding/as-of.ts';
import { configuredCosts, createMarketCosts } from '../binding/costs.ts';
import { createResolver, type Resolver } from '../binding/resolver.ts';
import { basisKind, inferenceGridOf, strategyAxes, windowDays } from '../binding/settings.ts';
import { trainedAs } from '../binding/trained.ts';
import type { Config } from '../config/schema.ts';
import { trainingDays, withSplit } from '../config/split.ts';
import { counted } from '../contract/counted.ts';
import type { GridPreviewDto } from '../contract/dto/index.ts';
import type { EngineError, Problem } from '../contract/errors.ts';
import { type GridSpec, gridError } from '../contract/grid.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { strategyGrid, type Traded } from '../inference/strategy-grid.ts';
import type { Candles } from '../market/candles.ts';
import { tradingFigures } from '../market/instruments/trading-figures.ts';
import { impliedShadows, impliedText } from '../regimes/implied.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import { completedRuns } from '../store/completed-runs.ts';
import type { Store } from '../store/database.ts';
import { measuredRates } from '../store/measured-rates.ts';
import type { NewCell } from '../store/queues.ts';
import type { SeriesTable } from '../store/schema.ts';
import { roundTrips, storedFigures } from '../views/series.ts';
import { type Changes, createChanges } from './changes.ts';
import { countTrained } from './count-trained.ts';
import { createGrid, type Grid } from './grid.ts';
import { countText } from './hyperparameters.ts';
import { type Preflight, preflight } from './preflight.ts';
import { estimate, formula, gridAxes } from './preview.ts';
import { createShadowNotes } from './shadow-notes.ts';
import { createGridSource } from './source.ts';
import { volumeNotes } from './volume-notes.ts';

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

/** A grid that nothing is wrong with. */
interface SoundGrid {
  readonly grid: Grid;
  readonly impossible: Preflight['impossible'];
  readonly classes: Preflight['classes'];
  /** What its candles do not have and rules ask for. */
  readonly notes: readonly string[];
  readonly resolver: Resolver;
  /** What is already trained is left out. */
  readonly skip: boolean;
}

/**
 * Checks a grid against the workspace's candles and runs; writes nothing.
 * @throws EngineError `grid-invalid` with every problem
 */
export function checkGrid(deps: GridCheckDeps, spec: GridSpec, wishes: GridWishes): CheckedGrid {
  const sound = soundGrid(deps, spec, wishes, MOST_CONFIGURATIONS);
  const { grid, skip } = sound;
  const { cells, outdated } = listCells(deps, sound);
  const backtests = backtestsOf(deps.config, cells);
  return { grid, cells, retrain: !skip, preview: previewOf(deps, sound, { ...backtests, outdated }) };
}

/**
 * The preview that `checkGrid` gives. The cells of a large grid are not gone through: it is looked for those that were trained, and
 * they are counted; so of a grid that is too large for one job, too.
 * @throws EngineError `grid-invalid` with every problem
 */
export function previewGrid(deps: GridCheckDeps, spec: GridSpec, wishes: GridWishes): GridPreviewDto {
  const sound = soundGrid(deps, spec, wishes, MOST_COUNTED);
  const { grid, impossible, skip } = sound;
  if (grid.size <= MOST_LISTED) {
    const { cells, outdated } = listCells(deps, sound);
    return previewOf(deps, sound, { ...backtestsOf(deps.config, cells), outdated });
  }
  const changes = createChanges(deps.store);
  const trained = skip ? countTrained(deps, sound, changes.add) : 0;
  const toTrain = grid.size - impossible.size - trained;
  const { target: targets, variants } = grid.axes;
  const kinds = targets.flatMap((target) => variants.map(({ modelType }) => ({ modelType, target })));
  const each = kinds.reduce((sum, kind) => sum + strategiesFor(deps.config, kind), 0) / kinds.length;
  return previewOf(deps, sound, {
    toTrain,
    // Which of its cells were trained is not gone through: as many of each target and model.
    backtests: Math.round(toTrain * each),
    outdated: changes.counts,
  });
}

function soundGrid(deps: GridCheckDeps, spec: GridSpec, wishes: GridWishes, most: number): SoundGrid {
  const { library } = deps;
  const grid = createGrid(spec);
  refuseTooLarge(grid, most);
  const config = withSplit(deps.config, () => Math.max(...grid.axes.daysHistory));
  const series = library.list();
  const load = createLoader(library);
  const costs = createMarketCosts(library, config);
  const { definitions } = config.regimes;
  const shadows = createShadowNotes(definitions, windowDays(config));
  const { problems, tooShort, impossible, classes } = preflight(grid, {
    symbols: [...new Set(series.map(({ symbol }) => symbol))],
    windowsEnd(symbol) {
      const clock = symbolClock(series, symbol)!;
      return { ...clock, asOf: asOf(symbol, clock, config.evaluation.as_of) };
    },
    load,
    look: shadows.look,
    costsObstacle: (candles) => costs.obstacle(candles),
    windows: windowDays(config),
    trainingDays: (days) => trainingDays(config, days),
    members: config.training.members,
  });
  if (problems.length > 0) throw gridError(problems);
  const isAllowed = wishes.skipImpossible && impossible.size < grid.size;
  if (tooShort.length > 0 && !isAllowed) throw impossibleCells(tooShort, impossible.size, grid.size);
  const skip = config.queue.skip_already_trained && !wishes.retrain;
  const figuresOf = (row: SeriesTable) => {
    const stored = storedFigures(row);
    if (stored !== undefined) return stored;
    const candles = load(row.symbol, row.timeframe);
    return candles && tradingFigures(candles, row.symbol);
  };
  const tripOf = roundTrips(series, figuresOf);
  const trips = grid.axes.symbol.map((symbol) =>
    costNote(symbol, tripOf(symbol, grid.axes.timeframe[0]!, configuredCosts(config, symbol))),
  );
  const notes = [
    ...impliedShadows(definitions).map(impliedText),
    ...shadows.notes(),
    ...volumeNotes(definitions, grid.axes, load),
    ...shortened(trips),
  ];
  return { grid, impossible, classes, notes, resolver: createResolver(library, config), skip };
}

function costNote(symbol: string, trip: string | null): string {
  return `${symbol}: ${trip ?? 'A round trip costs nothing, as configured'}.`;
}

const MOST_COSTS = 12;

function shortened(notes: readonly string[]): string[] {
  const more = notes.length - MOST_COSTS;
  return more <= 0
    ? [...notes]
    : [...notes.slice(0, MOST_COSTS), `Costs of ${more} more symbols are not listed.`];
}

/** What becomes of each cell, in grid order. */
function listCells(
  { store, models }: GridCheckDeps,
  { grid, impossible, resolver, skip }: SoundGrid,
): { cells: NewCell[]; outdated: Changes['counts'] } {
  const given = createGridSource(grid).ask(Number.POSITIVE_INFINITY);
  const resolved = given.map(({ configuration, asOf }) => ({
    asOf,
    bound: resolver.resolve(configuration, asOf),
  }));
  const known = completedRuns(store, skip ? resolved.map(({ bound }) => bound.configHash) : []);
  const changes = createChanges(store);
  const cells = resolved.map(({ asOf, bound }, index): NewCell => {
    const { basis, configuration, configHash, runKey } = bound;
    const common = { configuration, asOf, configHash, runKey };
    if (impossible.has(index)) return { ...common, state: 'skipped', runId: null };
    const runs = known.get(configHash) ?? [];
    const trained = trainedAs(store, models, runs, bound);
    if (trained !== undefined) return { ...common, state: 'skipped', runId: trained.id };
    const [other] = runs;
    if (other !== undefined) changes.add(other.id, basis);
    return { ...common, state: 'pending', runId: null };
  });
  return { cells, outdated: changes.counts };
}

function previewOf(
  { store, threads }: GridCheckDeps,
  { grid, impossible, classes, notes }: SoundGrid,
  {
    toTrain,
    backtests,
    outdated,
  }: { readonly toTrain: number; readonly backtests: number; readonly outdated: Changes['counts'] },
): GridPreviewDto {
  const alreadyTrained = grid.size - impossible.size - toTrain;
  return {
    formula: formula(grid, alreadyTrained, impossible.size),
    axes: gridAxes(grid),
    totalConfigs: grid.size,
    most: MOST_CONFIGURATIONS,
    alreadyTrained,
    impossible: impossible.size,
    toTrain,
    backtests,
    outdated: [...outdated].map(([reason, count]) => ({ reason, count })),
    estimate: estimate(grid, toTrain, measuredRates(store), threads),
    classes,
    notes: [...sizeNotes(grid), ...gridNotes(grid), ...notes],
  };
}

/** How many strategies a configuration is backtested with; an agent's policy is one. */
function strategiesFor(config: Config, configuration: Traded): number {
  return strategyGrid(strategyAxes({ inference_grid: inferenceGridOf(config, configuration) })).length;
}

function backtestsOf(config: Config, cells: readonly NewCell[]) {
  const pending = cells.filter((cell) => cell.state === 'pending');
  const of = new Map<string, number>();
  let backtests = 0;
  for (const { configuration } of pending) {
    const kind = basisKind(config, configuration) + configuration.target;
    const known = of.get(kind) ?? strategiesFor(config, configuration);
    of.set(kind, known);
    backtests += known;
  }
  return { toTrain: pending.length, backtests };
}

/** Each configuration of a grid is checked, bound to its candles and stored before the first is trained. */
export const MOST_CONFIGURATIONS = 100_000;
/** A grid that is only looked at may be larger. */
const MOST_COUNTED = 5_000_000;
/** Up to here it takes less to look for each cell among the runs than for each run in the grid. */
const MOST_LISTED = 1000;

/** @throws EngineError `grid-invalid` for more configurations than that */
export function refuseTooLarge(grid: Grid, most = MOST_CONFIGURATIONS): void {
  if (grid.size <= most) return;
  const factors = gridAxes(grid).map(({ name, count }) => counted(count, name));
  const message = `${factors.join(' x ')} = ${countText(grid.size)} configurations; a grid may have ${countText(MOST_CONFIGURATIONS)}. Shorten its longest lists, or make several grids`;
  throw gridError([{ path: '', message }], undefined, { totalConfigs: grid.size });
}

function sizeNotes(grid: Grid): string[] {
  if (grid.size <= MOST_CONFIGURATIONS) return [];
  return [
    `One job may have ${countText(MOST_CONFIGURATIONS)} configurations, this grid has ${countText(grid.size)}: it is counted here, but can't be trained as it is. Shorten its longest lists, or make several grids.`,
  ];
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
  const message = `${count} of ${counted(size, 'configuration')} can't be trained; they can be left out`;
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
