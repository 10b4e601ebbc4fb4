import { useMemo } from 'react';
import type { MoneyWindowDto } from '../../engine/contract/dto/index.ts';
import { formatNumber, formatTime } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';
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
      { name: common.balance, color: 'var(--accent)', values: trades.map((one) => one.balance), bold: true },
    ],
    [trades],
  );
  const title = window.window === 'selection' ? texts.balanceSelectionWindow : texts.balanceHoldout;
  const money = (value: number | undefined) => `${formatNumber(value, 2)} ${currency}`;
  return (
    <ChartFigure
      axes={{ left: texts.balanceCurrency({ currency }) }}
      title={title}
      note={texts.afterEachTrade({ currency, account: formatNumber(account, 0) })}
      summary={texts.beginsWithAndEnds({
        account: money(account),
        balance: money(balance),
        trades: trades.length,
      })}
      table={{
        columns: [
          texts.trade,
          texts.leftAt,
          texts.lots,
          texts.moneyCurrency({ currency }),
          texts.balanceCurrency({ currency }),
        ],
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
        axis={texts.balanceCurrency({ currency })}
        timeAxis={texts.leftAt}
        height={220}
        readout={(at) => (
          <ChartTooltip
            title={trades[at] === undefined ? '' : formatTime(trades[at].closed)}
            figures={[
              [texts.trade, String(trades[at]?.number ?? '')],
              [texts.money, money(trades[at]?.money)],
              [common.balance, money(trades[at]?.balance)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
