import { METRICS } from '../backtest/metrics.ts';
import { trainingKey } from '../binding/keys.ts';
import { configHash } from '../cells/config-hash.ts';
import type { Configuration } from '../contract/configuration.ts';
import { EngineError } from '../contract/errors.ts';
import { isAgent } from '../contract/model-type-names.ts';
import { createGrid } from '../grid/grid.ts';
import { figuresByName } from '../pipeline/contender-figure-names.ts';
import { type BatchContext, windowRows } from '../pipeline/context.ts';
import type { ContextSpec, ProcedureGroup, ProcedureJob } from '../pipeline/job.ts';
import { costsOf } from '../pipeline/trade-costs.ts';
import { strategyRules } from '../selection/candidates.ts';
import { familyWiseP } from '../statistics/coin-maxima.ts';
import { choiceOf, chooseBySurvival, chosenByOf, type OfferedContender } from './choose-by-survival.ts';
import { type Contender, runContenders, type TriedConfiguration } from './contenders.ts';
import type { StoredFold } from './fold-blob.ts';
import { forecastFigures } from './fold-figures.ts';
import {
  chooseInFold,
  type FoldChampion,
  type FoldContenders,
  type TradedWindow,
  tradeFold,
} from './procedure.ts';
import type { ProcedureChampion, StoredContender, StoredProcedure } from './procedure-blob.ts';
import { stitch } from './stitched.ts';

/**
 * One fold of a procedure: every configuration of its grid is trained in grid order, champions are chosen on the fold's own selection
 * window, and trade its test window, each alone and all together with one position. A configuration that can't be trained competes for
 * nothing, as in a grid. Pure: the same bars and job give the same bytes.
 *
 * @param contextOf the context of one of the job's groups
 * @throws EngineError `training-failed` where not one configuration can be trained, and what else stands in their way
 */
export function runProcedure(
  contextOf: (spec: ContextSpec) => BatchContext,
  job: ProcedureJob,
): StoredProcedure {
  const grid = createGrid(job.grid);
  const cells: FoldContenders[] = [];
  const maxima = new Map<string, Float64Array>();
  let failed = 0;
  for (let cell = 0; cell < grid.size; cell++) {
    const { symbol, timeframe } = grid.cell(cell);
    let contenders: readonly Contender[] = [];
    try {
      const tried = triedIn(cell);
      raise(maxima, tried);
      contenders = tried.contenders;
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'training-failed') throw error;
      failed++;
      if (failed === grid.size) throw error;
    }
    cells.push({ cell, symbol, timeframe, contenders });
  }

  function triedIn(cell: number): TriedConfiguration {
    const configuration = grid.cell(cell);
    const { context, training, trainingDigest } = groupOf(job, configuration);
    const hash = configHash(configuration);
    return runContenders(contextOf(context), {
      index: cell,
      configuration,
      training,
      configHash: hash,
      trainingKey: trainingKey(hash, trainingDigest),
      rules: strategyRules(job.rules),
      test: job.test,
    });
  }

  const contextOfCell = (cell: number) => contextOf(groupOf(job, grid.cell(cell)).context);
  const contenders = cells.flatMap(({ cell, symbol, timeframe, contenders: of }) =>
    of.map((contender): OfferedContender => {
      const tries = maxima.get(contender.regime);
      const familyWise = tries && familyWiseP(tries, contender.luckScore);
      const stored = storedContender(grid.cell(cell), cell, contextOfCell(cell), contender, familyWise);
      return { contender, symbol, timeframe, stored };
    }),
  );
  const choice = choiceOf(job);
  const champions =
    choice === undefined
      ? chooseInFold(cells, strategyRules(job.rules))
      : chooseBySurvival(contenders, choice);
  // What is traded is the market's, whichever features its models have.
  const context = contextOf(job.groups[0]!.context);
  const { alone, together } = tradeFold(
    context.evaluated,
    champions,
    job.test,
    ({ cell, target, horizon, exits }) => {
      if (exits !== undefined) return { ...context.evaluated.market, exits };
      const own = contextOfCell(cell);
      return own.target(target, horizon).market(own.evaluated);
    },
  );
  const stored = (traded: TradedWindow) => storedFold(context, job.test, traded);
  return {
    failed,
    together: stored(together),
    champions: champions.map((champion) => ({
      ...namedChampion(champion, contextOfCell(champion.cell)),
      configHash: configHash(grid.cell(champion.cell)),
      alone: stored(alone.get(champion.regime)!),
    })),
    contenders: contenders.map(({ stored }) => stored),
    ...(job.survival && { chosenBy: chosenByOf(job.survival, choice) }),
  };
}

/** What luck makes of all that was tried in each regime so far. */
function raise(all: Map<string, Float64Array>, { maxima }: TriedConfiguration): void {
  for (const [regime, own] of maxima) {
    const before = all.get(regime);
    all.set(regime, before === undefined ? own : before.map((value, b) => Math.max(value, own[b]!)));
  }
}

function storedContender(
  configuration: Configuration,
  cell: number,
  { strategies }: BatchContext,
  { regime, strategyIndex, figures, outcome }: Contender,
  familyWise: number | undefined,
): StoredContender {
  const { modelType, target, horizon, daysHistory } = configuration;
  return {
    regime,
    cell,
    configHash: configHash(configuration),
    modelType,
    target,
    horizon,
    daysHistory,
    strategy: strategies[strategyIndex]!,
    figures: figuresByName(figures, familyWise),
    outcome,
  };
}

function groupOf(
  { groups }: ProcedureJob,
  {
    encoder,
    daysHistory,
    modelType,
    target,
  }: Pick<Configuration, 'encoder' | 'daysHistory' | 'modelType' | 'target'>,
): ProcedureGroup {
  const group = groups.find(
    (of) =>
      of.encoder === encoder &&
      of.daysHistory === daysHistory &&
      (of.agents ?? false) === isAgent(modelType) &&
      of.targets.includes(target),
  );
  if (group === undefined)
    throw new EngineError('internal', `Expected a group of ${encoder} and ${daysHistory} days, found none.`);
  return group;
}

function namedChampion(
  { regime, cell, strategyIndex, score, trades }: FoldChampion,
  { strategies }: BatchContext,
): Omit<ProcedureChampion, 'configHash' | 'alone'> {
  return { regime, cell, strategy: strategies[strategyIndex]!, score, trades };
}

/** Several models forecast, each where it has the word: of their forecasts together there are no figures. */
const NO_FORECASTS = forecastFigures(
  { forecast: new Float64Array(0), firstRow: 0 },
  { labels: new Float64Array(0), horizon: 1 },
);

function storedFold(context: BatchContext, test: string, { inside, ...traded }: TradedWindow): StoredFold {
  const { from } = windowRows(context, test);
  const barsPerYear = context.evaluated.barsPerYear[context.windows.findIndex(({ name }) => name === test)]!;
  const { figures } = stitch([traded], barsPerYear);
  const paid = costsOf(context);
  return {
    ...traded,
    forecasts: NO_FORECASTS,
    metrics: Float64Array.from(METRICS, (name) => figures[name] ?? Number.NaN),
    barsPerYear,
    costs: traded.trades.reduce(
      (sum, trade, k) =>
        sum + paid({ ...trade, entry: from + trade.entry, exit: from + trade.exit, inside: inside[k]! }),
      0,
    ),
  };
}
