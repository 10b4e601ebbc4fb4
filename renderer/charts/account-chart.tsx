import { useMemo } from 'react';
import type { AccountComparisonDto } from '../../engine/contract/dto/index.ts';
import { formatPercent, formatTime } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';
import { type PlotLine, TimePlot } from './time-plot.tsx';

const PAPER = 'var(--accent)';
const REAL = 'var(--running)';

const percent = (value: number | undefined) => formatPercent(value, 2);

/** What the same rules came to on paper and on a real account, trade by trade. */
export function AccountChart({ account, curve }: Pick<AccountComparisonDto, 'account' | 'curve'>) {
  const { times, paper, real } = curve;
  const time = useMemo(() => times.map((one) => Date.parse(one)), [times]);
  const lines = useMemo(
    (): PlotLine[] => [
      { name: common.account, color: REAL, values: real.map((value) => 100 * value), dashed: true },
      { name: common.onPaper, color: PAPER, values: paper.map((value) => 100 * value), bold: true },
    ],
    [paper, real],
  );
  const last = times.length - 1;
  return (
    <ChartFigure
      axes={{ left: texts.summedNetPercent }}
      title={texts.paperAndAccount}
      note={texts.netLogReturnsOfTrades}
      summary={texts.timeAtWhichTrades({
        times: times.length,
        paper: percent(paper[last]),
        account,
        real: percent(real[last]),
      })}
      legend={[
        { name: common.onPaper, color: PAPER, shape: 'line' },
        { name: texts.account({ account }), color: REAL, shape: 'dashed' },
      ]}
      table={{
        columns: [texts.leftAt, common.onPaper, common.account, texts.difference],
        rows: times.map((one, i) => [
          formatTime(one),
          percent(paper[i]),
          percent(real[i]),
          percent(real[i]! - paper[i]!),
        ]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={0}
        axis={texts.summedNetPercent}
        timeAxis={texts.leftAt}
        height={240}
        readout={(i) => (
          <ChartTooltip
            title={times[i] === undefined ? '' : formatTime(times[i])}
            figures={[
              [common.onPaper, percent(paper[i])],
              [common.account, percent(real[i])],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
