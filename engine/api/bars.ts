import { windowsOf } from '../binding/basis.ts';
import { type ContextDeps, contextOf, regimesOf } from '../binding/run-context.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { BarsDto, RunBarsDto, RunSpanDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { namedFile } from '../files/named-file.ts';
import { type Candles, candlesWithin, lowerBound, sliceCandles } from '../market/candles.ts';
import { activeNames, type RegimeDefinition, regimesDigest } from '../regimes/definition.ts';
import type { BarPage, LabeledPage } from '../regimes/labeled-page.ts';
import type { Store } from '../store/database.ts';
import { type RunRow, requireRun } from '../store/runs.ts';
import { validationsOf } from '../store/validations.ts';
import { readSpec } from '../validation/spec.ts';
import { basisOf, lookOfRun } from '../views/run-detail.ts';
import type { Analysis } from '../workers/analysis.ts';

export interface BarsDeps extends ContextDeps {
  readonly store: Store;
  readonly analysis: Analysis;
}

/** Completes "Run 12 can't be …". */
const PURPOSE = 'drawn on its candles';

/** Series whose regimes are remembered: pages of one follow each other. */
const MOST_LABELED = 6;

export function barHandlers(deps: BarsDeps): Pick<Handlers, 'market.bars' | 'run.bars'> {
  const regimesOn = createLabels(deps.analysis);

  return {
    async 'market.bars'({ symbol, timeframe, ...page }): Promise<BarsDto> {
      const regimes = deps.config().regimes.definitions;
      const stored = deps.library.find(symbol, timeframe);
      if (stored !== undefined) {
        // Of ten million bars half a gigabyte would be in memory for as long as anybody looks at a thousand.
        const file = namedFile(deps.library.folder, stored.file);
        const found = await deps.analysis.bars({ file, digest: stored.digest, regimes, page });
        return barsDto(found, activeNames(regimes));
      }
      const series = await deps.library.loadSoon(symbol, timeframe, deps.analysis);
      if (series === undefined) {
        throw new EngineError(
          'not-found',
          `There are no candles of ${symbol} for ${timeframe}: neither that timeframe nor a shorter one is stored. Import candles of it first.`,
          { remedy: 'import-candles' },
        );
      }
      const { candles, digest } = series;
      return pageOfBars(candles, await regimesOn(digest, candles, regimes), activeNames(regimes), page);
    },

    async 'run.bars'({ run, ...page }): Promise<RunBarsDto> {
      const row = requireRun(deps.store, run);
      const basis = basisOf(row);
      const { context } = await contextOf(deps, row, basis, PURPOSE);
      const regimes = regimesOf(basis) ?? deps.config().regimes.definitions;
      const labels = await regimesOn(`run ${row.id}`, context.candles, regimes);
      const spans = spansOf(deps.store, row);
      const to = Math.max(...spans.filter(({ kind }) => kind !== 'fold').map((span) => span.to));
      const shown = candlesWithin(context.candles, { to });
      return {
        ...pageOfBars(shown, labels, activeNames(regimes), page),
        runId: row.uuid,
        spans,
      };
    },
  };
}

function pageOfBars(
  candles: Candles,
  labels: Uint8Array,
  regimes: readonly string[],
  { before, limit }: BarPage,
): BarsDto {
  const to = before === undefined ? candles.length : lowerBound(candles.time, before);
  const from = Math.max(0, to - limit);
  const page = {
    candles: sliceCandles(candles, from, to),
    labels: labels.subarray(from, to),
    total: candles.length,
    earlier: from,
  };
  return barsDto(page, regimes);
}

function barsDto({ candles, labels, total, earlier }: LabeledPage, regimes: readonly string[]): BarsDto {
  const { symbol, timeframe, time, open, high, low, close } = candles;
  return {
    symbol,
    timeframe,
    total,
    earlier,
    time: Array.from(time),
    open: Array.from(open),
    high: Array.from(high),
    low: Array.from(low),
    close: Array.from(close),
    regime: Array.from(labels),
    regimes: [...regimes, UNCLASSIFIED],
  };
}

/** Labels of whole series, made once in a thread of its own and remembered for the pages that follow. */
function createLabels(analysis: Analysis) {
  const known = new Map<string, Promise<Uint8Array>>();
  return (series: string, candles: Candles, regimes: readonly RegimeDefinition[]): Promise<Uint8Array> => {
    const key = `${series} ${candles.length} ${regimesDigest(regimes)}`;
    let labels = known.get(key);
    if (labels === undefined) {
      labels = analysis.label({ candles, regimes }).then((found) => found.labels);
      labels.catch(() => known.delete(key));
      known.set(key, labels);
      if (known.size > MOST_LABELED) known.delete(known.keys().next().value!);
    }
    return labels;
  };
}

/** Windows of a run, the holdout where it may be seen, and the test windows of its newest validation by time. */
function spansOf(store: Store, row: RunRow): RunSpanDto[] {
  const { training, evaluation } = windowsOf(basisOf(row));
  const isOpen = lookOfRun(store, row).opened !== null;
  const windows = [{ name: 'training', ...training }, ...evaluation.windows]
    .filter(({ name }) => isOpen || name !== 'holdout')
    .map(({ name, from, to }) => ({
      kind: name as 'training' | 'selection' | 'holdout',
      fold: null,
      from,
      to,
    }));
  const validation = validationsOf(store)
    .filter(({ symbol, timeframe }) => symbol === row.symbol && timeframe === row.timeframe)
    .findLast(({ config_hash }) => config_hash === row.config_hash);
  const rolling =
    validation === undefined ? [] : readSpec(validation.spec).folds.filter(({ kind }) => kind === 'rolling');
  const end = Math.max(...windows.map(({ to }) => to));
  const folds = rolling
    .filter(({ test }) => test.from < end)
    .sort((a, b) => a.test.from - b.test.from)
    .map(({ test }, i) => ({
      kind: 'fold' as const,
      fold: i + 1,
      from: test.from,
      to: Math.min(end, test.to),
    }));
  return [...windows, ...folds];
}
