import { SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import type { TraceDto, TradeGroupDto, TradeStatisticsDto } from '../../engine/contract/dto/index.ts';
import { Excursions } from '../charts/excursions.tsx';
import { type HeatColumn, HeatMap } from '../charts/heat-map.tsx';
import { type TradeBar, TradeBars } from '../charts/trade-bars.tsx';
import { formatCount, formatNumber, formatPercent, Gradually } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';

const WINDOWS = { selection: common.selectionWindow, holdout: common.holdout } as const;
const DAYS = texts.days;
const MONTHS = texts.months;
const MONTH_COLUMNS: readonly HeatColumn[] = [...MONTHS, texts.all].map((label) => ({ key: label, label }));

/** What the trades of a strategy come to: by month, hour and weekday, as a distribution, and how they went on the way. */
export function TradeStatistics({ trace }: { readonly trace: TraceDto }) {
  const [window, setWindow] = useState<TradeStatisticsDto['window']>('selection');
  const shown = trace.statistics.find((one) => one.window === window) ?? trace.statistics[0];
  if (shown === undefined || shown.trades === 0) return null;
  const unit = trace.pip === 1 ? texts.units : texts.pips;
  return (
    <section className={classes.section} aria-label={texts.statisticsOfTrades}>
      <header className={classes.head}>
        <div>
          <Title order={3}>{texts.whatTradesComeTo}</Title>
          <p>{sentenceOf(shown)}</p>
        </div>
        {trace.statistics.length < 2 ? null : (
          <SegmentedControl
            size="xs"
            aria-label={common.window}
            data={trace.statistics.map((one) => ({ value: one.window, label: WINDOWS[one.window] }))}
            value={shown.window}
            onChange={(value) => setWindow(value as TradeStatisticsDto['window'])}
          />
        )}
      </header>
      <Months months={shown.months} />
      <div className={classes.pair}>
        <Gradually>
          <TradeBars
            title={texts.byHour}
            note={texts.sumOfNetResultsByHour}
            first={texts.hour}
            axis={texts.sumPercent}
            bars={shown.hours.map((group, hour) =>
              barOf(group, `${String(hour).padStart(2, '0')}:00`, String(hour)),
            )}
            formatTick={(value) => formatNumber(value, 1)}
          />
          <TradeBars
            title={texts.byWeekday}
            note={texts.sumOfNetResults}
            first={texts.weekday}
            axis={texts.sumPercent}
            bars={shown.weekdays.map((group, day) => barOf(group, DAYS[day]!, DAYS[day]!.slice(0, 3)))}
            formatTick={(value) => formatNumber(value, 1)}
          />
          <TradeBars
            title={texts.distributionOfResults}
            note={texts.tradesByTheirNetResult}
            first={texts.netResultPercent}
            axis={common.trades}
            bars={shown.bins.map(({ from, to, count }) => ({
              name: texts.fromToTo({ from: formatNumber(from, 2), to: formatNumber(to, 2) }),
              tick: formatNumber(from, 2),
              value: count,
              figures: [[common.trades, formatCount(count)]],
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
        </Gradually>
      </div>
    </section>
  );
}

function sentenceOf({ mean, median, deviation, best, worst }: TradeStatisticsDto): string {
  const percent = (value: number | null) => formatPercent(value === null ? null : value / 100, 2);
  return texts.meanMedianDeviationBestWorst({
    mean: percent(mean),
    median: percent(median),
    deviation: percent(deviation),
    best: percent(best),
    worst: percent(worst),
  });
}

function excursionNote({ edgeRatio, winnersMae }: TradeStatisticsDto, unit: string): string {
  return texts.howFarEachTradeWent({
    edgeRatio: edgeRatio === null ? null : formatNumber(edgeRatio, 2),
    winnersMae: winnersMae === null ? null : formatNumber(winnersMae, 1),
    unit,
  });
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
            [common.trades, formatCount(trades)],
            [texts.won, formatPercent(won / trades, 0)],
            [common.sum, formatPercent(netReturn, 2)],
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
      title={texts.returnsByMonth}
      note={texts.byCalendarMonthUtcAfter}
      corner={texts.year}
      rows={years.map(String)}
      columns={MONTH_COLUMNS}
      values={values}
      empty={texts.noBar}
      format={(value) => formatPercent(value, 1)}
    />
  );
}
