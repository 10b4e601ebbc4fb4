import type { HoldoutLookDto, ScoreDto, StrategyDto } from '../../../engine/contract/dto/index.ts';
import { isPolicy } from '../../../engine/contract/strategy-words.ts';
import { decimal, integer, minute } from './format.ts';

/** Figures of one window; the tables that show them name the window above. */
export const SCORE_HEAD = ['Sharpe', 'DD%', 'Win%', 'Trades'];

type Figures = Pick<ScoreDto, 'sharpe' | 'sharpeError' | 'maxDrawdown' | 'winRate'>;

/** Without a number of trades: those of a failed run. */
export function scoreCells(score: Figures & { readonly trades: number | null }): string[] {
  const { sharpe, sharpeError, maxDrawdown, winRate, trades } = score;
  return [
    withError(sharpe, sharpeError),
    hundredfold(maxDrawdown, 1),
    hundredfold(winRate, 0),
    trades === null ? decimal(null) : integer(trades),
  ];
}

/** `4.0 ± 2.0`: a Sharpe ratio never stands without its standard error. */
export function withError(sharpe: number | null, error: number | null): string {
  if (sharpe === null) return decimal(null);
  return error === null ? decimal(sharpe, 1) : `${decimal(sharpe, 1)} ± ${decimal(error, 1)}`;
}

/** Of a fraction, under a head that ends with `%`. */
export function hundredfold(fraction: number | null, digits: number): string {
  return decimal(fraction === null ? null : 100 * fraction, digits);
}

/** Titles above the figures of both windows, behind `columns` others. */
export function scoreGroups(columns: number) {
  return [
    { title: '', columns },
    { title: 'selection window', columns: SCORE_HEAD.length },
    { title: 'holdout', columns: SCORE_HEAD.length },
  ];
}

/** In place of a figure of a holdout whose look is not spent. */
export const HIDDEN = 'hidden';

interface Looked {
  readonly symbol: string;
  readonly timeframe: string;
  readonly holdoutLook: HoldoutLookDto;
}

/** Why figures of holdouts are hidden, or since when they are not: each market once, those of the same days in one sentence. */
export function holdoutLines(places: readonly Looked[]): string[] {
  const markets = new Map(places.map((place) => [`${place.symbol} ${place.timeframe}`, place.holdoutLook]));
  const opened = [...markets].flatMap(([market, { to, opened: look }]) =>
    look === null
      ? []
      : [`The holdout of ${market} up to ${day(to)}: opened ${minute(look.at)} (${look.by}).`],
  );
  const hidden = [...markets].filter(([, { opened: look }]) => look === null);
  const spans = Map.groupBy(
    hidden,
    ([, { from, to }]) => `${from === null ? 'up to' : `${day(from)} to`} ${day(to)}`,
  );
  const sentences = [...spans].flatMap(([span, group]) => {
    const [[, { hidden: reason }]] = group as [(typeof group)[number]];
    if (group.length === 1) return reason === null ? [] : [reason];
    return [
      `The holdouts of ${group.length} markets, ${span}, are hidden until you spend the one look at each: once seen, they test nothing any more. "champions open CHAMPION" shows one, "champions open --all" all of them.`,
    ];
  });
  return [...sentences, ...opened];
}

const day = (iso: string) => iso.slice(0, 10);

/** `recursive weighted c0.6 W100`: prediction and ensemble method, least confidence, lookback window in bars; of an agent `policy`. */
export function strategyText(strategy: StrategyDto): string {
  if (isPolicy(strategy)) return strategy.predictionMethod;
  const { predictionMethod, ensembleMethod, confidenceThreshold, lookbackWindow } = strategy;
  return `${predictionMethod} ${ensembleMethod} c${confidenceThreshold} W${lookbackWindow}`;
}
