import type { ContextDeps } from '../binding/run-context.ts';
import type { NewestBarDto, SignalDto, SignalsDto, SignalTradeDto } from '../contract/dto/index.ts';
import { toErrorDto } from '../contract/errors.ts';
import { isPolicy } from '../contract/strategy-words.ts';
import { TIMEFRAMES, timeframeMs } from '../contract/timeframe.ts';
import { UNCLASSIFIED } from '../contract/words.ts';
import { type Candles, lowerBound } from '../market/candles.ts';
import type { NewestBar, NewestBarJob } from '../pipeline/newest-bar.ts';
import { compileRegimes, labelBars } from '../regimes/labeler.ts';
import { modelNames } from '../registry/views.ts';
import type { Analysis } from '../workers/analysis.ts';
import { barAfter, type DataAge, dataAge } from './age.ts';
import { type LiveContext, liveContext, type Refusal } from './live-context.ts';
import { directionOf, silenceOf } from './silence.ts';
import { type InMarket, type Market, speakerOf } from './speaker.ts';
import { createSubjects, modelOf, type Subject, type SubjectDeps, type Subjects } from './subject.ts';

export interface SignalDeps extends SubjectDeps, Pick<ContextDeps, 'library'> {
  readonly analysis: Analysis;
}

/** Of all markets those that are asked for. */
export type Only = { readonly [K in keyof Market]?: Market[K] | undefined };

/** What the models say now. */
export interface Signals {
  /** Of each market that has versions or, where they are shown, champions; by symbol and timeframe. */
  list(only: Only): Promise<SignalsDto>;
}

/** Answers that are kept: the same model says the same of the same bars. */
const MOST_KEPT = 500;

export function createSignals(deps: SignalDeps): Signals {
  const { config, now } = deps;
  const kept = new Map<string, NewestBar>();

  async function asked(jobs: readonly NamedJob[]): Promise<readonly (NewestBar | Refusal)[]> {
    const missing = jobs.filter(({ key }) => !kept.has(key));
    const answers = missing.length === 0 ? [] : await deps.analysis.newestBars(missing.map(({ job }) => job));
    const failed = new Map<string, Refusal>();
    for (const [index, answer] of answers.entries()) {
      const { key } = missing[index]!;
      if ('result' in answer) kept.set(key, answer.result);
      else failed.set(key, { code: 'failed', text: answer.error.message });
    }
    const all = jobs.map(({ key }) => kept.get(key) ?? failed.get(key)!);
    for (const key of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(key);
    }
    return all;
  }

  return {
    async list(only) {
      const at = now();
      const { live } = config();
      const shows = live.champions === 'show';
      const subjects = createSubjects(deps);
      const names = modelNames(deps);
      const champions = await subjects.champions();
      const markets = marketsOf([...names, ...(shows ? champions : [])], only);
      const drafts: Draft[] = [];
      for (const market of markets) {
        const isHere = (one: Market) => one.symbol === market.symbol && one.timeframe === market.timeframe;
        const own = { names: names.filter(isHere), champions: champions.filter(isHere) };
        drafts.push(await draftOf(deps, { subjects, showsChampions: shows, at }, market, own));
      }
      const jobs = drafts.flatMap(({ job }) => job ?? []);
      const answers = new Map((await asked(jobs)).map((answer, index) => [jobs[index]!, answer]));
      return {
        at: iso(at),
        signals: drafts.map((draft) => signalOf(draft, draft.job && answers.get(draft.job)!)),
      };
    },
  };
}

function marketsOf(places: readonly Market[], { symbol, timeframe }: Only): Market[] {
  const all = new Map(places.map((place) => [`${place.symbol} ${place.timeframe}`, place]));
  const rank = (of: Market) => TIMEFRAMES.indexOf(of.timeframe);
  return [...all.values()]
    .filter((one) => symbol === undefined || one.symbol === symbol)
    .filter((one) => timeframe === undefined || one.timeframe === timeframe)
    .map((one) => ({ symbol: one.symbol, timeframe: one.timeframe }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : rank(a) - rank(b)));
}

/** What is asked of a model, and the name of its answer. */
interface NamedJob {
  readonly key: string;
  readonly job: NewestBarJob;
}

/** What is known of a market before its model is asked. */
interface Draft {
  readonly market: Market;
  readonly synthetic: boolean;
  readonly inCharge: readonly string[];
  readonly bar: (NewestBarDto & DataAge) | null;
  readonly subject: Subject | null;
  readonly refusal: Refusal | null;
  readonly job?: NamedJob;
  readonly notes: readonly string[];
  /** Opening time of the bar that is due so many bars after the newest one. */
  readonly barAfter: (bars: number) => number;
}

interface Asking {
  readonly subjects: Subjects;
  readonly showsChampions: boolean;
  readonly at: number;
}

async function draftOf(deps: SignalDeps, asking: Asking, market: Market, own: InMarket): Promise<Draft> {
  const { symbol, timeframe } = market;
  const inCharge = own.names.flatMap(({ name, production }) => (production === null ? [] : [name]));
  const none = {
    market,
    synthetic: false,
    inCharge,
    bar: null,
    subject: null,
    notes: [],
    barAfter: () => Number.NaN,
  };
  const series = await deps.library.loadSoon(symbol, timeframe, deps.analysis);
  if (series === undefined) {
    const text = `There are no candles of ${symbol} for ${timeframe}: neither that timeframe nor a shorter one is stored. Import them again.`;
    return { ...none, refusal: { code: 'candles-gone', text } };
  }
  const { candles } = series;
  const row = newestClosed(candles, asking.at);
  const { synthetic } = candles;
  if (row < 0) {
    const text = `No candle of ${symbol} ${timeframe} has closed yet by the clock of this machine.`;
    return { ...none, synthetic, refusal: { code: 'no-bar', text } };
  }
  const bar = barDto(deps, candles, row, asking.at);
  const session = deps.library.session(symbol);
  const draft = {
    ...none,
    synthetic,
    bar,
    barAfter: (bars: number) => barAfter(candles.time[row]!, bars, timeframe, session),
  };
  try {
    const subject = speakerOf(asking, market, own, bar.regime);
    if ('code' in subject) return { ...draft, refusal: subject };
    return { ...draft, subject, ...(await preparedOf(deps, subject, Date.parse(bar.closedAt))) };
  } catch (error) {
    const { code, message } = toErrorDto(error);
    const isMissing = code === 'artifact-damaged' || code === 'conflict';
    return { ...draft, refusal: { code: isMissing ? 'model-missing' : 'failed', text: message } };
  }
}

async function preparedOf(
  deps: SignalDeps,
  subject: Subject,
  end: number,
): Promise<Pick<Draft, 'job' | 'notes' | 'refusal'>> {
  const live: LiveContext | Refusal = await liveContext(deps, subject, end);
  if ('code' in live) return { refusal: live, notes: [] };
  const { context, notes } = live;
  const { regime, strategy } = subject.speaker;
  const { spec } = context;
  const key = JSON.stringify([
    subject.modelName,
    regime,
    strategy,
    spec.series,
    spec.higher,
    spec.evaluation,
    spec.settings,
  ]);
  return { refusal: null, notes, job: { key, job: { context, alone: regime, ...modelOf(subject) } } };
}

/** Row of the newest bar that has closed by a time, ms UTC; -1 where none has. */
function newestClosed({ time, timeframe }: Candles, by: number): number {
  return lowerBound(time, by - timeframeMs(timeframe) + 1) - 1;
}

function barDto(deps: SignalDeps, candles: Candles, row: number, at: number): NewestBarDto & DataAge {
  const { symbol, timeframe } = candles;
  const time = candles.time[row]!;
  const regimes = compileRegimes(deps.config().regimes.definitions);
  const [label] = labelBars(candles, regimes, row, row + 1);
  return {
    time: iso(time),
    closedAt: iso(time + timeframeMs(timeframe)),
    close: candles.close[row]!,
    regime: regimes[label!]?.name ?? UNCLASSIFIED,
    ...dataAge(time, timeframe, deps.library.session(symbol), at),
  };
}

function signalOf(draft: Draft, answer: NewestBar | Refusal | undefined): SignalDto {
  const { market, synthetic, inCharge, bar, subject, notes } = draft;
  const place = { ...market, synthetic, inCharge, bar, speaker: subject?.speaker ?? null, notes };
  const nothing = {
    signal: 'none',
    since: null,
    forecast: null,
    confidence: null,
    roundTrip: null,
    trade: null,
  } as const;
  const refusal = draft.refusal ?? (answer !== undefined && 'code' in answer ? answer : null);
  if (refusal !== null || subject === null || bar === null || answer === undefined || 'code' in answer) {
    return { ...place, ...nothing, silence: refusal };
  }
  const { speaker } = subject;
  const silence = silenceOf(answer, speaker, bar);
  const acts = silence === null;
  return {
    ...place,
    signal: acts ? directionOf(answer.signal) : 'none',
    silence,
    since: acts ? iso(answer.since) : null,
    forecast: finite(answer.forecast),
    confidence: finite(answer.confidence),
    roundTrip: finite(answer.roundTripCost),
    // Of an agent nobody knows beforehand when it leaves.
    trade: acts && !isPolicy(speaker.strategy) ? tradeOf(answer, speaker.horizon, bar, draft.barAfter) : null,
  };
}

function tradeOf(
  { signal, exits }: NewestBar,
  bars: number,
  { close: reference }: NewestBarDto,
  after: (bars: number) => number,
): SignalTradeDto {
  return {
    entryAt: iso(after(1)),
    reference,
    stop: exits && reference - signal * exits.stop,
    takeProfit: exits && reference + signal * exits.takeProfit,
    bars,
    exitAt: iso(after(1 + bars)),
  };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);
const iso = (ms: number) => new Date(ms).toISOString();
