import type { ChampionDto, ScoreDto } from '../../engine/contract/dto/index.ts';
import type { BarFigure, RegimeBar, Weight } from '../charts/bar-rows.ts';
import { formatFigure } from '../ui/figure.ts';
import { DASH } from '../ui/format.ts';
import { sharpeText, sharpeTone } from '../ui/sharpe-figure.tsx';
import { championLabel, type RegimeRow } from './rows.ts';

/** What a chart of bars shows of each champion. */
export type BarTerm = 'sharpe' | 'maxDrawdown' | 'winRate';

interface Options {
  readonly minTrades: number | undefined;
  modelTitle(modelType: string): string;
}

/** One bar per regime. Without a trade there is neither figure nor error, whatever was stored. */
export function regimeBars(rows: readonly RegimeRow[], term: BarTerm, options: Options): RegimeBar[] {
  return rows.map(({ title, champion }) => ({
    regime: title,
    champion: champion === null ? null : championBar(champion, term, options),
  }));
}

function championBar(
  champion: ChampionDto,
  term: BarTerm,
  { minTrades, modelTitle }: Options,
): NonNullable<RegimeBar['champion']> {
  return {
    label: championLabel(champion, modelTitle),
    market: `${champion.symbol} ${champion.timeframe}`,
    weight: weightOf(champion, minTrades),
    verdict: champion.verdict,
    selection: figureOf(champion, term, minTrades),
    holdout: champion.holdout === null ? null : figureOf(champion.holdout, term, minTrades),
    outOfSample: champion.outOfSample === null ? null : figureOf(champion.outOfSample, term, minTrades),
    ...(term === 'sharpe' && champion.luck.sharpe !== null ? { luck: champion.luck.sharpe } : {}),
  };
}

/** How much weight a champion's figures carry, whichever of them is shown: its Sharpe ratio against luck tells. */
export function weightOf(champion: ChampionDto, minTrades: number | undefined): Weight {
  const tone = sharpeTone(champion, champion.luck.sharpe, minTrades);
  if (tone === 'few') return 'few';
  return tone === 'above' ? 'above' : 'within';
}

type BarScore = Pick<ScoreDto, 'sharpe' | 'sharpeError' | 'maxDrawdown' | 'winRate' | 'trades'>;

function figureOf(score: BarScore, term: BarTerm, minTrades: number | undefined): BarFigure {
  const few = sharpeTone(score, null, minTrades) === 'few';
  if (score.trades === 0) return { value: null, error: null, text: DASH, few };
  if (term === 'sharpe') {
    return { value: score.sharpe, error: score.sharpeError, text: sharpeText(score), few };
  }
  return { value: score[term], error: null, text: formatFigure(term, score[term]), few };
}
