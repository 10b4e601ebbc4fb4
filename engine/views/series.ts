import type { CostModel } from '../backtest/costs.ts';
import { roundTrip } from '../backtest/round-trip.ts';
import { costsOf } from '../config/costs.ts';
import type { Config } from '../config/schema.ts';
import type { SeriesChangeDto, SeriesDto } from '../contract/dto/index.ts';
import type { QualityReport, TradingFigures } from '../contract/quality.ts';
import { storedJson } from '../contract/stored-json.ts';
import { TIMEFRAMES } from '../contract/timeframe.ts';
import { costsAdvice } from '../market/instruments/costs-advice.ts';
import { marketKind } from '../market/instruments/kind.ts';
import { impliedShadows, impliedText } from '../regimes/implied.ts';
import { type ShadowedRegime, shadowText } from '../regimes/shadowed.ts';
import { volumeRules, volumeText } from '../regimes/volume-rules.ts';
import type { SeriesTable } from '../store/schema.ts';
import type { SeriesChange } from '../store/series-changes.ts';

export function seriesChangeDto({
  symbol,
  timeframe,
  action,
  source,
  at,
  series,
}: SeriesChange): SeriesChangeDto {
  return {
    symbol,
    timeframe,
    action,
    source,
    at: new Date(at).toISOString(),
    barsBefore: series?.bars ?? 0,
  };
}

/** What series say of what trading costs; undefined where nobody looked. */
export type FiguresOf = (row: SeriesTable) => TradingFigures | undefined;

/** What stands in its report. */
export const storedFigures: FiguresOf = (row) => qualityOf(row).trading;

/** A stored series; `all`: those of the workspace, `shadowed`: what its bars say of regimes. */
export function seriesDto(
  row: SeriesTable,
  all: readonly SeriesTable[],
  config: Config,
  figuresOf: FiguresOf = storedFigures,
  shadowed: readonly ShadowedRegime[] = [],
): SeriesDto {
  const { symbol, timeframe } = row;
  const figures = marketFigures(row, all, figuresOf);
  const { costs, given } = costsOf(config, symbol);
  const { definitions } = config.regimes;
  const askingVolume = qualityOf(row).withoutVolume === true ? volumeRules(definitions) : [];
  const ruleNotes = [
    ...askingVolume.map((rule) => volumeText(rule, [`${symbol} ${timeframe}`])),
    ...impliedShadows(definitions).map(impliedText),
    ...shadowed.map((one) => shadowText(one, `${symbol} ${timeframe}`)),
  ];
  const cost = figures === undefined ? null : roundTrip(symbol, figures, costs);
  return {
    symbol,
    timeframe,
    bars: row.bars,
    first: new Date(row.first_time).toISOString(),
    last: new Date(row.last_time).toISOString(),
    digest: row.digest,
    synthetic: row.synthetic === 1,
    kind: marketKind(symbol),
    roundTrip: cost,
    costsAdvice:
      given || figures === undefined || figures.spread !== null ? null : costsAdvice(symbol, figures.price),
    ...(ruleNotes.length === 0 ? {} : { ruleNotes }),
    quality: qualityOf(row),
  };
}

/** Says in words what a round trip costs in a market, under the costs of a run. Looks at each series once. */
export function roundTrips(all: readonly SeriesTable[], figuresOf: FiguresOf = storedFigures) {
  const known = new Map<string, TradingFigures | undefined>();
  const figuresIn = (symbol: string, timeframe: string) => {
    const name = `${symbol} ${timeframe}`;
    if (!known.has(name)) {
      const row =
        all.find((series) => series.symbol === symbol && series.timeframe === timeframe) ??
        all.find((series) => series.symbol === symbol);
      known.set(name, row && marketFigures(row, all, figuresOf));
    }
    return known.get(name);
  };
  return (symbol: string, timeframe: string, costs: CostModel | undefined): string | null => {
    const figures = figuresIn(symbol, timeframe);
    if (figures === undefined || costs === undefined) return null;
    return roundTrip(symbol, figures, costs)?.text ?? null;
  };
}

/** Of a series; where it has no spreads, with those of the symbol's shortest other one that has. */
export function marketFigures(
  row: SeriesTable,
  all: readonly SeriesTable[],
  figuresOf: FiguresOf,
): TradingFigures | undefined {
  const own = figuresOf(row);
  if (own === undefined || own.spread !== null) return own;
  const others = all.filter(({ symbol, timeframe }) => symbol === row.symbol && timeframe !== row.timeframe);
  const shortestFirst = others.sort(
    (a, b) => TIMEFRAMES.indexOf(a.timeframe) - TIMEFRAMES.indexOf(b.timeframe),
  );
  for (const other of shortestFirst) {
    const spread = figuresOf(other)?.spread;
    if (spread) return { ...own, spread };
  }
  return own;
}

/** Names of series without volume: `EURUSD H1`. */
export function namesWithoutVolume(rows: readonly SeriesTable[]): string[] {
  return rows
    .filter((row) => qualityOf(row).withoutVolume === true)
    .map(({ symbol, timeframe }) => `${symbol} ${timeframe}`);
}

function qualityOf({ symbol, timeframe, quality }: SeriesTable): QualityReport {
  return storedJson(quality, `the quality report of ${symbol} ${timeframe}`);
}
