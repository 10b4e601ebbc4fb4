import { useMemo } from 'react';
import type { MoneyWindowDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatTime, plural } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { type PlotLine, TimePlot } from './time-plot.tsx';

interface BalanceChartProps {
  readonly account: number;
  readonly currency: string;
  readonly window: MoneyWindowDto;
}

/** What an account has after each trade. */
export function BalanceChart({ account, currency, window }: BalanceChartProps) {
  const { trades, balance } = window;
  const time = useMemo(() => trades.map(({ closed }) => Date.parse(closed)), [trades]);
  const lines = useMemo(
    (): PlotLine[] => [
      { name: 'Balance', color: 'var(--accent)', values: trades.map((one) => one.balance), bold: true },
    ],
    [trades],
  );
  const title = window.window === 'selection' ? 'Balance, selection window' : 'Balance, holdout';
  const money = (value: number | undefined) => `${formatNumber(value, 2)} ${currency}`;
  return (
    <ChartFigure
      axes={{ left: `Balance, ${currency}` }}
      title={title}
      note={`After each trade, ${currency}. Begins with ${formatNumber(account, 0)}.`}
      summary={`Begins with ${money(account)} and ends with ${money(balance)} after ${plural(trades.length, 'trade')}`}
      table={{
        columns: ['Trade', 'Left at', 'Lots', `Money, ${currency}`, `Balance, ${currency}`],
        rows: trades.map((one) => [
          String(one.number),
          formatTime(one.closed),
          formatNumber(one.lots, 2),
          formatNumber(one.money, 2),
          formatNumber(one.balance, 2),
        ]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={account}
        axis={`Balance, ${currency}`}
        timeAxis="Left at"
        height={220}
        readout={(at) => (
          <ChartTooltip
            title={trades[at] === undefined ? '' : formatTime(trades[at].closed)}
            figures={[
              ['Trade', String(trades[at]?.number ?? '')],
              ['Money', money(trades[at]?.money)],
              ['Balance', money(trades[at]?.balance)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
