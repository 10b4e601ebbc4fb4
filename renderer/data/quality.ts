import type { QualityReport } from '../../engine/contract/quality.ts';
import { formatTime, plural } from '../ui/format.ts';

export interface QualityLine {
  readonly text: string;
  /** What it means and what to do. */
  readonly meaning: string;
  readonly examples: readonly string[];
}

/** What is odd about a series, in words; nothing of what is in order. */
export function qualityLines(report: QualityReport): readonly QualityLine[] {
  const lines: (QualityLine & { readonly count: number })[] = [
    {
      count: report.gaps.count,
      text: `${plural(report.gaps.count, 'gap')}, ${plural(report.gaps.missingBars, 'bar')} missing`,
      meaning:
        'Stretches without bars at times at which the market trades. Trades are never held across bars that are not there.',
      examples:
        report.gaps.largest?.map(
          ({ from, to, bars }) => `${formatTime(from)} to ${formatTime(to)} (${plural(bars, 'bar')})`,
        ) ?? report.gaps.examples,
    },
    {
      count: report.dailyLeak.count,
      text: plural(report.dailyLeak.count, 'daily bar inside', 'daily bars inside'),
      meaning:
        'Bars that hold their whole day’s range: daily candles have leaked into intraday data. Import a clean file.',
      examples: report.dailyLeak.examples,
    },
    {
      count: report.bodyOutsideRange.count,
      text: plural(report.bodyOutsideRange.count, 'impossible bar'),
      meaning: 'Open or close lies outside low to high. The source is damaged there.',
      examples: report.bodyOutsideRange.examples,
    },
    {
      count: report.jumps.count,
      text: plural(report.jumps.count, 'jump'),
      meaning: 'True range above ten times the usual. News, or a wrong price.',
      examples: report.jumps.examples,
    },
    {
      count: report.offGrid.count,
      text: plural(report.offGrid.count, 'bar off the raster', 'bars off the raster'),
      meaning: 'Opening times that do not fit the timeframe. Often a wrong timeframe or time zone.',
      examples: report.offGrid.examples,
    },
    {
      count: report.weekendBars.count,
      text: plural(report.weekendBars.count, 'weekend bar'),
      meaning: 'Bars inside the weekend. Often a wrong time zone.',
      examples: report.weekendBars.examples,
    },
    {
      count: report.weekendStubs?.count ?? 0,
      text: plural(report.weekendStubs?.count ?? 0, 'weekend stub'),
      meaning:
        'Daily bars that hold only the few hours of a Saturday or Sunday. Import again with “Weekend days” joined or left out.',
      examples: report.weekendStubs?.examples ?? [],
    },
    {
      count: report.flatBars.count,
      text: plural(report.flatBars.count, 'flat bar'),
      meaning: 'Open, high, low and close are all equal: nothing was traded, or the source filled in a hole.',
      examples: report.flatBars.examples,
    },
    {
      count: report.duplicates,
      text: plural(report.duplicates, 'duplicate row'),
      meaning: 'Rows that say the same of a bar as another one; each bar was taken once.',
      examples: [],
    },
  ];
  return lines.filter((line) => line.count > 0).map(({ count: _, ...line }) => line);
}
