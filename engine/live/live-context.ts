import { windowsOf } from '../binding/basis.ts';
import { contextSpecOf, higherViews } from '../binding/context-spec.ts';
import { type ContextDeps, findCandles, regimesOf } from '../binding/run-context.ts';
import type { Silence } from '../contract/dto/index.ts';
import { type Timeframe, timeframeMs } from '../contract/timeframe.ts';
import { CANDLE_COLUMNS, type Candles, candlesWithin } from '../market/candles.ts';
import type { LoadedSeries } from '../market/series/loaded-series.ts';
import { findView, type StoredView } from '../market/series/views.ts';
import { timeText } from '../market/time/time-text.ts';
import type { LoadedContext } from '../pipeline/job.ts';
import { PIPELINE_VERSION } from '../pipeline/version.ts';
import { evaluationEnd } from '../pipeline/windows.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { Subject } from './subject.ts';

/** Why a model can't be asked, as a whole sentence. */
export interface Refusal {
  readonly code: Silence;
  readonly text: string;
}

export interface LiveContext {
  readonly context: LoadedContext;
  /** What is to be known beside it, in whole sentences. */
  readonly notes: readonly string[];
}

/**
 * What a model sees at the close of the newest bar, which is at `end` (ms UTC): candles as they are now from where its own view began,
 * under the rules that it was evaluated by, with predictions that begin where those of its backtest do. So a later backtest
 * over these bars computes the same. Candles that it learned from must be the same still; those that it was only followed through may have been
 * corrected.
 */
export async function liveContext(
  deps: ContextDeps,
  { speaker, configuration, basis }: Subject,
  end: number,
): Promise<LiveContext | Refusal> {
  const who =
    speaker.kind === 'version'
      ? `Version ${speaker.version} of ${speaker.name}`
      : `The champion ${speaker.name}`;
  if (basis.pipeline_version !== PIPELINE_VERSION) {
    return {
      code: 'other-pipeline',
      text: `${who} was trained by another Regimen, under rules that this one no longer computes with. Train it anew.`,
    };
  }
  const regimes = regimesOf(basis) ?? deps.config().regimes.definitions;
  if (basis.regimes !== regimesDigest(regimes)) {
    return {
      code: 'other-pipeline',
      text: `${who} does not say which regime rules it was evaluated with, and today's are others. Train it anew.`,
    };
  }
  const { evaluation } = windowsOf(basis);
  const now = new Map<Timeframe, LoadedSeries>();
  const notes: string[] = [];
  for (const [timeframe, view] of [
    [configuration.timeframe, basis.candles] as const,
    ...higherViews(basis),
  ]) {
    const series = await deps.library.loadSoon(configuration.symbol, timeframe, deps.analysis);
    if (series === undefined) {
      return {
        code: 'candles-gone',
        text: `There are no candles of ${configuration.symbol} for ${timeframe} any more. Import them again.`,
      };
    }
    const known = { timeframe, view, end: evaluationEnd(evaluation), learnedUntil: evaluation.start };
    const changed = await changedSince(deps, configuration.symbol, series.candles, known);
    if (changed?.refuses) {
      return {
        code: 'candles-changed',
        text: `${changed.text} ${who} learned from other ones: train it anew.`,
      };
    }
    if (changed !== null) notes.push(changed.text);
    now.set(timeframe, series);
  }
  const start = evaluation.start;
  const spec = contextSpecOf({ configuration, basis }, regimes, (timeframe) => ({
    symbol: configuration.symbol,
    timeframe,
    digest: now.get(timeframe)!.digest,
  }));
  const until = <R extends { readonly view?: { readonly from?: number; readonly to?: number } }>(
    ref: R,
  ): R => ({
    ...ref,
    view: { ...ref.view, to: end },
  });
  const live = {
    ...spec,
    series: until(spec.series),
    higher: spec.higher.map(until),
    evaluation: { start, windows: [{ name: 'live', from: start, to: end }] },
    settings: { ...spec.settings, strategies: axesOf(speaker.strategy) },
  };
  const seen = ({ timeframe, view = {} }: typeof live.series) =>
    candlesWithin(now.get(timeframe)!.candles, view);
  return { context: { spec: live, candles: seen(live.series), higher: live.higher.map(seen) }, notes };
}

function axesOf({
  predictionMethod,
  ensembleMethod,
  confidenceThreshold,
  lookbackWindow,
}: Subject['speaker']['strategy']) {
  return {
    predictionMethods: [predictionMethod],
    ensembleMethods: [ensembleMethod],
    confidenceThresholds: [confidenceThreshold],
    lookbackWindows: [lookbackWindow],
  };
}

interface KnownView {
  readonly timeframe: Timeframe;
  readonly view: StoredView;
  /** Where the view ends, and where predictions begin: nothing from there on was learned from. ms UTC. */
  readonly end: number;
  readonly learnedUntil: number;
}

/** What is not as a model saw it; null: all is. */
async function changedSince(
  deps: ContextDeps,
  symbol: string,
  now: Candles,
  { timeframe, view, end, learnedUntil }: KnownView,
): Promise<{ readonly refuses: boolean; readonly text: string } | null> {
  if (findView(now, view, end) !== undefined) return null;
  const name = `${symbol} ${timeframe}`;
  const before = await findCandles(deps, symbol, timeframe, view, end);
  if (typeof before === 'string') {
    return {
      refuses: true,
      text: `The candles of ${name} changed, and those from ${view.first.slice(0, 10)} on that were there before are no longer kept.`,
    };
  }
  const own = candlesWithin(now, { from: Date.parse(view.first), to: end });
  const at = firstDifference(before.candles, own);
  const refuses = at + timeframeMs(timeframe) <= learnedUntil;
  return { refuses, text: `Candles of ${name} were corrected since, from ${timeText(at)} on.` };
}

/** Opening time of the first bar that two series do not both have as it is, ms UTC. */
function firstDifference(a: Candles, b: Candles): number {
  const bars = Math.min(a.length, b.length);
  for (let row = 0; row < bars; row++) {
    const differs = CANDLE_COLUMNS.some((column) => !Object.is(a[column][row], b[column][row]));
    if (differs) return Math.min(a.time[row]!, b.time[row]!);
  }
  const longer = a.length > b.length ? a : b;
  return longer.time[bars] ?? Number.POSITIVE_INFINITY;
}
