import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { CalibrationBinDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { AXIS_TEXT } from './palette.ts';
import { tickDigits, valueTicks } from './scale.ts';
import { texts } from './texts.ts';

interface CalibrationChartProps {
  /** `Calibration, LONG`. */
  readonly title: string;
  /** What probability, of which rows. */
  readonly note?: string;
  /** Ascending. */
  readonly bins: readonly CalibrationBinDto[];
  /** Of class 1. */
  readonly baseRate: number;
}

const LEFT_OUT = texts.probabilityOfClass1;
const LINE = 'var(--accent)';
const EVEN = 'var(--line-strong)';
const BASE = 'var(--mantine-color-dimmed)';
const share = (value: number) => formatNumber(value, 3);

/** Whether probabilities mean what they say: what was forecast against what came, on one scale. */
export function CalibrationChart({ title, note = LEFT_OUT, bins, baseRate }: CalibrationChartProps) {
  const ticks = valueTicks([baseRate, ...bins.flatMap(({ forecast, share: came }) => [forecast, came])], 5);
  const digits = tickDigits(ticks);
  const domain: [number, number] = [ticks[0]!, ticks.at(-1)!];
  const axis = {
    type: 'number' as const,
    domain,
    ticks: [...ticks],
    tickFormatter: (tick: number) => formatNumber(tick, digits),
    tick: AXIS_TEXT,
    stroke: 'var(--line-strong)',
  };
  return (
    <ChartFigure
      title={title}
      note={note}
      summary={bins
        .map(({ forecast, share: came }) =>
          texts.forecastCame({ forecast: share(forecast), came: share(came) }),
        )
        .join('; ')}
      legend={[
        { name: texts.forecastAgainstWhatCame, color: LINE, shape: 'line' },
        { name: texts.asForecast, color: EVEN, shape: 'line' },
        { name: texts.baseRate({ baseRate: share(baseRate) }), color: BASE, shape: 'dashed' },
      ]}
      table={{
        columns: [texts.forecast, texts.came, common.rows],
        rows: bins.map((bin) => [share(bin.forecast), share(bin.share), formatCount(bin.count)]),
      }}
    >
      <ResponsiveContainer width="100%" height={230}>
        <LineChart
          data={[...bins]}
          margin={{ top: 8, right: 16, bottom: 20, left: 4 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            {...axis}
            dataKey="forecast"
            label={{ value: texts.forecastProbability, position: 'insideBottom', offset: -14, ...AXIS_TEXT }}
          />
          <YAxis
            {...axis}
            width={52}
            label={{ value: texts.came, angle: -90, position: 'insideLeft', offset: 10, ...AXIS_TEXT }}
          />
          <ReferenceLine
            segment={[
              { x: domain[0], y: domain[0] },
              { x: domain[1], y: domain[1] },
            ]}
            stroke={EVEN}
          />
          <ReferenceLine y={baseRate} stroke={BASE} strokeDasharray="5 4" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '3 3' }}
            content={({ active, payload }) => {
              const bin = payload?.[0]?.payload as CalibrationBinDto | undefined;
              return active !== true || bin === undefined ? null : (
                <ChartTooltip
                  title={texts.forecastTitle({ forecast: share(bin.forecast) })}
                  figures={[
                    [texts.came, share(bin.share)],
                    [common.rows, formatCount(bin.count)],
                  ]}
                />
              );
            }}
          />
          <Line
            dataKey="share"
            type="linear"
            stroke={LINE}
            strokeWidth={2}
            dot={{ r: 4, fill: LINE, stroke: 'var(--panel)' }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
