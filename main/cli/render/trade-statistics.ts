import type { TradeStatisticsDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, integer, percent, table } from './format.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What trades of a window come to by month, weekday and hour, and how they went; nothing of none. */
export function statisticsText(of: TradeStatisticsDto): string[] {
  if (of.trades === 0) return [];
  const head = ['Trades', 'Won', 'Sum'];
  const groups = (names: readonly string[], all: TradeStatisticsDto['hours'], first: string) =>
    table(
      [first, ...head],
      all.flatMap(({ trades, won, netReturn }, i) =>
        trades === 0 ? [] : [[names[i]!, integer(trades), percent(won / trades, 0), percent(netReturn, 2)]],
      ),
      head,
    );
  const months = of.months.map(({ year, month, return: r }) => [
    `${year}-${String(month).padStart(2, '0')}`,
    percent(r, 2),
  ]);
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const edge =
    of.edgeRatio === null
      ? ''
      : ` Mean MFE is ${decimal(of.edgeRatio, 2)} times mean MAE${of.winnersMae === null ? '' : `, and 9 of 10 winners went at most ${decimal(of.winnersMae, 1)} against first`}.`;
  return [
    `${of.window === 'holdout' ? 'Holdout' : 'Selection window'}: ${count(of.trades, 'trade')}, mean ${decimal(of.mean, 3)} %, median ${decimal(of.median, 3)} %, deviation ${decimal(of.deviation, 3)} %, best ${decimal(of.best, 3)} %, worst ${decimal(of.worst, 3)} %.${edge}`,
    table(['Month (UTC)', 'Return'], months, ['Return']),
    groups(DAYS, of.weekdays, 'Weekday (UTC)'),
    groups(hours, of.hours, 'Hour (UTC)'),
  ];
}
