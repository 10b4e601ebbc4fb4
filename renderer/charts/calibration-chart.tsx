import type { CalibrationBinDto } from '../../engine/contract/dto/index.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import { common } from '../ui/texts/common.ts';
import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { LinePlot } from './line-plot.tsx';
import { valueTicks } from './scale.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis } from './value-plot.tsx';

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
  const [low, high] = [ticks[0]!, ticks[ticks.length - 1]!];
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
      <LinePlot
        height={230}
        room={ROOM}
        x={numberAxis(ticks, { name: texts.forecastProbability, hasGrid: true, hasMarks: true })}
        y={numberAxis(ticks, { name: texts.came, hasGrid: true, hasMarks: true })}
        points={bins.map((bin) => ({ x: bin.forecast, y: bin.share, error: null }))}
        color={LINE}
        behind={({ width, x, y }) => (
          <>
            <line x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} stroke={EVEN} />
            <line x2={width} y1={y(baseRate)} y2={y(baseRate)} stroke={BASE} strokeDasharray="5 4" />
          </>
        )}
        readout={(index) => {
          const bin = bins[index];
          return bin === undefined ? null : (
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
    </ChartFigure>
  );
}

const ROOM = { left: 62, right: 16, top: 8, bottom: NAMED_AXIS };
