import { SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import type { TraceDto, TradeGroupDto, TradeStatisticsDto } from '../../engine/contract/dto/index.ts';
import { Excursions } from '../charts/excursions.tsx';
import { type HeatColumn, HeatMap } from '../charts/heat-map.tsx';
import { type TradeBar, TradeBars } from '../charts/trade-bars.tsx';
import { formatCount, formatNumber, formatPercent } from '../ui/index.ts';
import classes from './strategy.module.css';

const WINDOWS = { selection: 'Selection window', holdout: 'Holdout' } as const;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_COLUMNS: readonly HeatColumn[] = [...MONTHS, 'All'].map((label) => ({ key: label, label }));

/** What the trades of a strategy come to: by month, hour and weekday, as a distribution, and how they went on the way. */
export function TradeStatistics({ trace }: { readonly trace: TraceDto }) {
  const [window, setWindow] = useState<TradeStatisticsDto['window']>('selection');
  const shown = trace.statistics.find((one) => one.window === window) ?? trace.statistics[0];
  if (shown === undefined || shown.trades === 0) return null;
  const unit = trace.pip === 1 ? 'units' : 'pips';
  return (
    <section className={classes.section} aria-label="Statistics of trades">
      <header className={classes.head}>
        <div>
          <Title order={3}>What the trades come to</Title>
          <p>{sentenceOf(shown)}</p>
        </div>
        {trace.statistics.length < 2 ? null : (
          <SegmentedControl
            size="xs"
            aria-label="Window"
            data={trace.statistics.map((one) => ({ value: one.window, label: WINDOWS[one.window] }))}
            value={shown.window}
            onChange={(value) => setWindow(value as TradeStatisticsDto['window'])}
          />
        )}
      </header>
      <Months months={shown.months} />
      <div className={classes.pair}>
        <TradeBars
          title="By hour"
          note="Sum of net results by the hour (UTC) of the entry."
          first="Hour"
          axis="Sum, %"
          bars={shown.hours.map((group, hour) =>
            barOf(group, `${String(hour).padStart(2, '0')}:00`, String(hour)),
          )}
          formatTick={(value) => formatNumber(value, 1)}
        />
        <TradeBars
          title="By weekday"
          note="Sum of net results by the day (UTC) of the entry."
          first="Weekday"
          axis="Sum, %"
          bars={shown.weekdays.map((group, day) => barOf(group, DAYS[day]!, DAYS[day]!.slice(0, 3)))}
          formatTick={(value) => formatNumber(value, 1)}
        />
        <TradeBars
          title="Distribution of results"
          note="Trades by their net result; no bin has both winners and losers."
          first="Net result, %"
          axis="Trades"
          bars={shown.bins.map(({ from, to, count }) => ({
            name: `${formatNumber(from, 2)} to ${formatNumber(to, 2)}`,
            tick: formatNumber(from, 2),
            value: count,
            figures: [['Trades', formatCount(count)]],
            isLoss: to <= 0,
          }))}
          formatTick={formatCount}
        />
        <Excursions
          trades={trace.trades.filter(({ holdout }) => holdout === (shown.window === 'holdout'))}
          unit={unit}
          winnersMae={shown.winnersMae}
          note={excursionNote(shown, unit)}
        />
      </div>
    </section>
  );
}

function sentenceOf({ mean, median, deviation, best, worst }: TradeStatisticsDto): string {
  const percent = (value: number | null) => formatPercent(value === null ? null : value / 100, 2);
  return `Mean ${percent(mean)}, median ${percent(median)}, deviation ${percent(deviation)}, best ${percent(best)}, worst ${percent(worst)} a trade, after costs.`;
}

function excursionNote({ edgeRatio, winnersMae }: TradeStatisticsDto, unit: string): string {
  const ratio = edgeRatio === null ? '' : ` Mean MFE is ${formatNumber(edgeRatio, 2)} times mean MAE.`;
  const stop =
    winnersMae === null
      ? ''
      : ` 9 of 10 winners went at most ${formatNumber(winnersMae, 1)} ${unit} against first.`;
  return `How far each trade went either way.${ratio}${stop}`;
}

/** Groups without a trade have a place and no bar. */
function barOf({ trades, won, netReturn }: TradeGroupDto, name: string, tick: string): TradeBar {
  return {
    name,
    tick,
    value: 100 * netReturn,
    figures:
      trades === 0
        ? []
        : [
            ['Trades', formatCount(trades)],
            ['Won', formatPercent(won / trades, 0)],
            ['Sum', formatPercent(netReturn, 2)],
          ],
    isLoss: netReturn < 0,
  };
}

function Months({ months }: { readonly months: TradeStatisticsDto['months'] }) {
  const years = [...new Set(months.map(({ year }) => year))];
  const values = years.map((year) => {
    const own = months.filter((one) => one.year === year);
    const byMonth = MONTHS.map((_, i) => own.find(({ month }) => month === i + 1)?.return ?? null);
    return [...byMonth, own.reduce((all, one) => all * (1 + one.return), 1) - 1];
  });
  return (
    <HeatMap
      title="Returns by month"
      note="By calendar month (UTC), after costs; the first and last are as long as the window has of them."
      corner="Year"
      rows={years.map(String)}
      columns={MONTH_COLUMNS}
      values={values}
      empty="no bar"
      format={(value) => formatPercent(value, 1)}
    />
  );
}
