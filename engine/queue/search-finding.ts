import type { Basis } from '../binding/basis.ts';
import { counted } from '../contract/counted.ts';
import type { FindingDto, SearchTestDto } from '../contract/dto/search.ts';
import { decimalText } from '../contract/number-text.ts';
import { storedJson } from '../contract/stored-json.ts';
import { ALL } from '../contract/words.ts';
import { decodeResults } from '../pipeline/results-blob.ts';
import { type BestOverAll, bestOverAll } from '../selection/best-over-all.ts';
import { familyWiseP, luckOfMaxima, scoreOfSharpe, sharpeOfScore } from '../statistics/coin-maxima.ts';
import type { Store } from '../store/database.ts';
import { windowTimes } from '../store/luck.ts';
import { type LuckReading, readLuck } from '../store/luck-reading.ts';
import { bestStrategies, type RunRow } from '../store/runs.ts';

/** A finding of less than that is more than luck. */
const LARGEST_P = 0.05;

/** What the run of a study's best trial came to, and what that is worth. */
interface Found {
  readonly test: SearchTestDto;
  finding(): FindingDto;
}

/** Reads what was tried once, for the studies of a search; `minTrades`: of a strategy that can be chosen. */
export function finderOf(store: Store, minTrades: number): (run: RunRow) => Found {
  let reading: LuckReading | undefined;
  return (run) => {
    const best = bestOf(run, minTrades);
    return {
      test: testOf(store, run, best),
      finding() {
        reading ??= readLuck(store);
        return findingOf(reading, run, best);
      },
    };
  };
}

/** Undefined where the run has no table of its strategies; a text where none of them can be chosen. */
function bestOf({ results }: RunRow, minTrades: number): BestOverAll | string | undefined {
  return results === null ? undefined : bestOverAll(decodeResults(results), minTrades);
}

function testOf(store: Store, run: RunRow, best: BestOverAll | string | undefined): SearchTestDto {
  const { sharpe, error } =
    best === undefined
      ? // The table is lost, and not the best strategies of all.
        { sharpe: run.best_sharpe, error: bestStrategies(store, [run.id]).get(run.id)?.sharpe_error ?? null }
      : typeof best === 'string'
        ? { sharpe: null, error: null }
        : { sharpe: best.sharpe, error: best.standardError };
  return {
    runId: run.uuid,
    status: run.status === 'completed' ? 'completed' : 'failed',
    sharpe,
    sharpeError: error,
    rankIc: run.rank_ic,
  };
}

const NO_LUCK = { p: null, luckSharpe: null, tries: null };

function findingOf(reading: LuckReading, run: RunRow, best: BestOverAll | string | undefined): FindingDto {
  const unknown = (text: string): FindingDto => ({ kind: 'unknown', ...NO_LUCK, text });
  if (run.status !== 'completed') return unknown('The best trial failed when it was trained whole.');
  if (best === undefined) {
    return unknown('What its strategies came to is not in the checkpoint that this search came back from.');
  }
  if (typeof best === 'string') return { kind: 'nothing', ...NO_LUCK, text: `Nothing here. ${best}` };

  const { symbol, timeframe } = run;
  const market = reading.market({ symbol, timeframe, regime: ALL });
  const { windows } = storedJson<Basis>(run.basis, `the basis of run ${run.id}`);
  const selection = windows.evaluated.find(({ name }) => name === 'selection')!;
  const times = windowTimes(selection.from, selection.to);
  const window = reading.window({ symbol, timeframe, regime: ALL }, times);
  if (market === undefined || window === undefined || market.uncounted > 0) {
    return unknown(
      'Not everything that was tried in this market is counted, so what was found can not be held against luck. Evaluating kept models again counts it.',
    );
  }
  const { bars, bars_per_year: barsPerYear } = window;
  const p = familyWiseP(market.maxima, scoreOfSharpe(best.sharpe, barsPerYear, bars));
  const luckSharpe = sharpeOfScore(luckOfMaxima(market.maxima), barsPerYear, bars);
  const tries = reading.tries({ symbol, timeframe }, times);
  const isAbove = p < LARGEST_P;
  return {
    kind: isAbove ? 'above_luck' : 'nothing',
    p,
    luckSharpe,
    tries,
    text: textOf(best, { p, luckSharpe, tries }),
  };
}

function textOf(
  { sharpe, standardError }: BestOverAll,
  { p, luckSharpe, tries }: { readonly p: number; readonly luckSharpe: number; readonly tries: number },
): string {
  const own = `Sharpe ${decimalText(sharpe, 1)}${standardError === null ? '' : ` ± ${standardError.toFixed(1)}`}`;
  const luck = `of ${counted(tries, 'try', 'tries')} in this market luck alone gives the best one ${decimalText(luckSharpe, 1)} or more in one of 20 cases`;
  if (p >= LARGEST_P) return `Nothing here that luck would not give: ${own}, and ${luck} (p ${figure(p)}).`;
  return `More than luck gives: ${own}, while ${luck} (p ${figure(p)}). It was chosen on these bars: what it earns on others only a validation says.`;
}

const figure = (p: number) => String(Number(p.toPrecision(2)));
