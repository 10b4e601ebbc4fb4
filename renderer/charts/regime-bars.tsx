import { formatNumber, formatPercent } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { common } from '../ui/texts/common.ts';
import { hasOutOfSample, type RegimeBar } from './bar-rows.ts';
import { Bars } from './bars.tsx';
import { texts } from './texts.ts';

interface BarsProps {
  readonly bars: readonly RegimeBar[];
}

export function SharpeBars({ bars }: BarsProps) {
  return (
    <Bars
      title={texts.sharpeRatioPerRegime}
      note={texts.sharpeRatioItsStandardError({
        sharpe: (words) => <Term term="sharpe">{words}</Term>,
        luck: (words) => <Term term="luck">{words}</Term>,
      })}
      axis={common.sharpeRatio}
      bars={bars}
      format={(value) => formatNumber(value, 1)}
      formatTick={(value) => formatNumber(value, Number.isInteger(value) ? 0 : 1)}
      reference={{ value: 0, name: texts.baseline0, color: 'var(--mantine-color-text)', dashed: false }}
    />
  );
}

export function DrawdownBars({ bars }: BarsProps) {
  return (
    <Bars
      title={texts.maxDrawdownPerRegime}
      note={texts.largestFallFromPeak({
        maxDrawdown: <Term term="maxDrawdown" />,
        hasOutOfSample: hasOutOfSample(bars),
      })}
      axis={texts.maxDrawdownPercentOfPeak}
      bars={bars}
      format={(value) => formatPercent(value, 1)}
      formatTick={formatShareTick}
    />
  );
}

export function WinRateBars({ bars }: BarsProps) {
  return (
    <Bars
      title={texts.winRatePerRegime}
      note={texts.shareOfTradesThatMade({ winRate: <Term term="winRate" /> })}
      axis={texts.winRatePercentOfTrades}
      bars={bars}
      ticks={[0, 0.25, 0.5, 0.75, 1]}
      format={(value) => formatPercent(value, 1)}
      formatTick={formatShareTick}
      reference={{ value: 0.5, name: '50 %', color: 'var(--loss)', dashed: true }}
    />
  );
}

/** Whole percents, tenths between them. */
export function formatShareTick(value: number): string {
  return formatPercent(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 ? 0 : 1);
}
