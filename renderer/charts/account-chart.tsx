import { useMemo } from 'react';
import type { AccountComparisonDto } from '../../engine/contract/dto/index.ts';
import { formatPercent, formatTime, plural } from '../ui/format.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
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
      { name: 'Account', color: REAL, values: real.map((value) => 100 * value), dashed: true },
      { name: 'On paper', color: PAPER, values: paper.map((value) => 100 * value), bold: true },
    ],
    [paper, real],
  );
  const last = times.length - 1;
  return (
    <ChartFigure
      axes={{ left: 'Summed net, %' }}
      title="Paper and account"
      note="Net log returns of trades that are over, summed by when they were left, percent."
      summary={`${plural(times.length, 'time')} at which trades were left; paper ends at ${percent(paper[last])}, the account ${account} at ${percent(real[last])}`}
      legend={[
        { name: 'On paper', color: PAPER, shape: 'line' },
        { name: `Account ${account}`, color: REAL, shape: 'dashed' },
      ]}
      table={{
        columns: ['Left at', 'On paper', 'Account', 'Difference'],
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
        axis="Summed net, %"
        timeAxis="Left at"
        height={240}
        readout={(i) => (
          <ChartTooltip
            title={times[i] === undefined ? '' : formatTime(times[i])}
            figures={[
              ['On paper', percent(paper[i])],
              ['Account', percent(real[i])],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}
