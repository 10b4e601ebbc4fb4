import type { QualityReport } from '../../engine/contract/quality.ts';
import { formatTime } from '../ui/format.ts';
import { texts } from './texts.ts';

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
      text: texts.gapBarMissing({ gaps: report.gaps.count, bars: report.gaps.missingBars }),
      meaning: texts.stretchesWithoutBarsAtTimes,
      examples:
        report.gaps.largest?.map(({ from, to, bars }) =>
          texts.fromToTo({ from: formatTime(from), to: formatTime(to), bars }),
        ) ?? report.gaps.examples,
    },
    {
      count: report.dailyLeak.count,
      text: texts.countOfDailyBarsInside({ count: report.dailyLeak.count }),
      meaning: texts.barsThatHoldTheirWhole,
      examples: report.dailyLeak.examples,
    },
    {
      count: report.bodyOutsideRange.count,
      text: texts.countOfImpossibleBars({ impossibleBars: report.bodyOutsideRange.count }),
      meaning: texts.openOrCloseLiesOutside,
      examples: report.bodyOutsideRange.examples,
    },
    {
      count: report.jumps.count,
      text: texts.countOfJumps({ jumps: report.jumps.count }),
      meaning: texts.trueRangeAboveTenTimes,
      examples: report.jumps.examples,
    },
    {
      count: report.offGrid.count,
      text: texts.countOfBarsOffRaster({ count: report.offGrid.count }),
      meaning: texts.openingTimesThatDo,
      examples: report.offGrid.examples,
    },
    {
      count: report.weekendBars.count,
      text: texts.countOfWeekendBars({ weekendBars: report.weekendBars.count }),
      meaning: texts.barsInsideWeekend,
      examples: report.weekendBars.examples,
    },
    {
      count: report.weekendStubs?.count ?? 0,
      text: texts.countOfWeekendStubs({ weekendStubs: report.weekendStubs?.count ?? 0 }),
      meaning: texts.dailyBarsThatHoldOnly,
      examples: report.weekendStubs?.examples ?? [],
    },
    {
      count: report.flatBars.count,
      text: texts.countOfFlatBars({ flatBars: report.flatBars.count }),
      meaning: texts.openHigh,
      examples: report.flatBars.examples,
    },
    {
      count: report.duplicates,
      text: texts.countOfDuplicateRows({ duplicateRows: report.duplicates }),
      meaning: texts.rowsThatSaySame,
      examples: [],
    },
  ];
  return lines.filter((line) => line.count > 0).map(({ count: _, ...line }) => line);
}
