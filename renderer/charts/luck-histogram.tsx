import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { LuckDistributionDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';

const BAR = 'var(--figure)';
const LUCK = 'var(--accent)';
const OWN = 'var(--mantine-color-text)';

type Distribution = Pick<LuckDistributionDto, 'bins' | 'maxima' | 'luck' | 'own' | 'atLeast'>;

/** What the best of everything tried in a scope reached by luck alone, and where the champion stands among it. */
export function LuckHistogram({ distribution }: { readonly distribution: Distribution }) {
  const { bins, maxima, luck, own, atLeast } = distribution;
  const ends = [bins[0]?.from, bins.at(-1)?.to, luck, own].filter((end) => typeof end === 'number');
  const ticks = valueTicks(ends, 7);
  const rows = bins.map(({ from, to, count }) => ({ middle: (from + to) / 2, from, to, count }));
  const share = texts.atLeastOfMaxima({ atLeast: formatCount(atLeast), maxima: formatCount(maxima) });
  const ownText = formatNumber(own, 1);
  return (
    <ChartFigure
      title={texts.whatLuckAloneReaches}
      note={texts.sharpeRatioOfBest}
      summary={texts.maximaOneIn20({
        maxima: formatCount(maxima),
        luck: formatNumber(luck, 1),
        ownText,
        share,
      })}
      legend={[
        { name: texts.bestOfAllTriesWithout, color: BAR },
        { name: texts.of1In20IsAbove({ luck: formatNumber(luck, 1) }), color: LUCK, shape: 'dashed' },
        { name: texts.thisChampion({ ownText, share }), color: OWN, shape: 'line' },
      ]}
      table={{
        columns: [texts.sharpeFrom, texts.to, texts.maxima],
        rows: bins.map(({ from, to, count }) => [
          formatNumber(from, 2),
          formatNumber(to, 2),
          formatCount(count),
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={230}>
        <BarChart
          data={rows}
          margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
          barCategoryGap={1}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="middle"
            domain={[ticks[0]!, ticks.at(-1)!]}
            ticks={[...ticks]}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            label={{ value: common.sharpeRatio, position: 'insideBottom', offset: -14, ...AXIS_TEXT }}
          />
          <YAxis
            allowDecimals={false}
            tick={AXIS_TEXT}
            stroke="var(--line-strong)"
            width={44}
            label={{ value: texts.draws, angle: -90, position: 'insideLeft', offset: 10, ...AXIS_TEXT }}
          />
          <Tooltip
            cursor={{ fill: 'var(--line)', fillOpacity: 0.35 }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as (typeof rows)[number] | undefined;
              return active !== true || row === undefined ? null : (
                <ChartTooltip
                  title={texts.sharpeTo({ from: formatNumber(row.from, 2), to: formatNumber(row.to, 2) })}
                  figures={[[texts.draws, formatCount(row.count)]]}
                />
              );
            }}
          />
          <Bar dataKey="count" fill={BAR} isAnimationActive={false} />
          {luck === null ? null : (
            <ReferenceLine x={luck} stroke={LUCK} strokeWidth={2} strokeDasharray="5 4" />
          )}
          {own === null ? null : <ReferenceLine x={own} stroke={OWN} strokeWidth={2} />}
        </BarChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
