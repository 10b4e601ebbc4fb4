import type { ScoreDto } from '../../engine/contract/dto/index.ts';
import { DASH, formatWithError } from './format.ts';
import { MetricOf } from './num.tsx';
import { common } from './texts/common.ts';
import { GLOSSARY } from './texts/glossary.ts';
import { texts } from './texts/ui.ts';
import classes from './ui.module.css';

/** A Sharpe ratio with what it takes to read it; `trades` is null for a failed run. */
export type SharpeScore = Pick<ScoreDto, 'sharpe' | 'sharpeError'> & { readonly trades: number | null };

interface SharpeFigureProps {
  readonly term: 'sharpe' | 'bestSharpe' | 'holdoutSharpe' | 'outOfSample';
  /** Null: a holdout whose look is not spent. */
  readonly score: SharpeScore | null;
  /** Why it is hidden, where it is. */
  readonly hidden?: string | null | undefined;
  /** What the best of all tries is expected to reach by luck alone; without it nothing stands out. */
  readonly luck?: number | null | undefined;
  /** `evaluation.min_trades_per_regime`, as `useMinTrades` gives it; undefined until it is known. */
  readonly minTrades: number | undefined;
}

/** In place of a figure of a holdout whose look is not spent. */
export const HIDDEN = common.hidden;

/** `4.0 ± 2.0`: never without its standard error, where there is one. A dash where no trade was made. */
export function sharpeText({ sharpe, sharpeError, trades }: SharpeScore): string {
  return trades === null || trades === 0 ? DASH : formatWithError(sharpe, sharpeError);
}

/**
 * `few`: of fewer trades than a champion needs. `above`: above what luck alone reaches. Neither is a color of its own: without a
 * verdict a figure is no gain, and its sign proves nothing.
 */
export type SharpeTone = 'few' | 'above' | undefined;

export function sharpeTone(
  { sharpe, trades }: SharpeScore,
  luck: number | null | undefined,
  minTrades: number | undefined,
): SharpeTone {
  if (sharpe === null || trades === null || trades === 0) return undefined;
  if (minTrades !== undefined && trades < minTrades) return 'few';
  return luck !== null && luck !== undefined && sharpe > luck ? 'above' : undefined;
}

/** A Sharpe ratio inside a table or a sentence. */
export function SharpeFigure({ term, score, hidden, luck, minTrades }: SharpeFigureProps) {
  if (score === null) {
    return (
      <span className={[classes.num, classes.hidden].join(' ')} title={hidden ?? undefined}>
        {HIDDEN}
      </span>
    );
  }
  const tone = sharpeTone(score, luck, minTrades);
  const { title, text } = GLOSSARY[term];
  const few =
    tone === 'few' && score.trades !== null ? texts.fromTradeOnly({ trades: score.trades, minTrades }) : '';
  return (
    <span
      className={[classes.num, tone && classes[tone]].filter(Boolean).join(' ')}
      data-tone={tone}
      title={texts.itsStandardError({ title, text, few })}
    >
      {sharpeText(score)}
    </span>
  );
}

interface SharpeMetricProps extends SharpeFigureProps {
  readonly label?: string | undefined;
  readonly note?: React.ReactNode;
}

/** A Sharpe ratio on its own, as `Metric` shows other figures. */
export function SharpeMetric({ label, note, ...figure }: SharpeMetricProps) {
  return (
    <MetricOf term={figure.term} label={label} note={note}>
      <SharpeFigure {...figure} />
    </MetricOf>
  );
}
