import { formatNumber, formatPercent } from '../ui/format.ts';
import { Term } from '../ui/term.tsx';
import { hasOutOfSample, type RegimeBar } from './bar-rows.ts';
import { Bars } from './bars.tsx';

interface BarsProps {
  readonly bars: readonly RegimeBar[];
}

export function SharpeBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Sharpe ratio per regime"
      note={
        <>
          <Term term="sharpe">Sharpe ratio</Term> ± its standard error, annualized, after costs. Below the
          mark it may be <Term term="luck">luck</Term>.
        </>
      }
      axis="Sharpe ratio"
      bars={bars}
      format={(value) => formatNumber(value, 1)}
      formatTick={(value) => formatNumber(value, Number.isInteger(value) ? 0 : 1)}
      reference={{ value: 0, name: 'Baseline 0', color: 'var(--mantine-color-text)', dashed: false }}
    />
  );
}

export function DrawdownBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Max drawdown per regime"
      note={
        <>
          <Term term="maxDrawdown" />: largest fall from a peak of the equity. Lower is better.
          {hasOutOfSample(bars) ? ' A validation covers more time, so that it may fall deeper.' : ''}
        </>
      }
      axis="Max drawdown, % of peak equity"
      bars={bars}
      format={(value) => formatPercent(value, 1)}
      formatTick={formatShareTick}
    />
  );
}

export function WinRateBars({ bars }: BarsProps) {
  return (
    <Bars
      title="Win rate per regime"
      note={
        <>
          <Term term="winRate" />: share of trades that made money after costs. Higher is better.
        </>
      }
      axis="Win rate, % of trades"
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
