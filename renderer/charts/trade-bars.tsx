import { ChartFigure } from './chart-figure.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { valueTicks } from './scale.ts';
import { numberAxis, type PlotAxis, type PlotPlace, ValuePlot } from './value-plot.tsx';

export interface TradeBar {
  /** Unique: `Monday`. */
  readonly name: string;
  /** On the axis: `Mon`. */
  readonly tick: string;
  readonly value: number;
  /** What is said of it, with its value. */
  readonly figures: readonly (readonly [string, string])[];
  /** Its bar is in the color of a loss. */
  readonly isLoss: boolean;
}

interface TradeBarsProps {
  readonly title: string;
  readonly note: string;
  /** What the bars are: `Weekday`. */
  readonly first: string;
  readonly axis: string;
  readonly bars: readonly TradeBar[];
  formatTick(value: number): string;
}

/** Trades in groups, a bar of each, in the order in which they are given. */
export function TradeBars({ title, note, first, axis, bars, formatTick }: TradeBarsProps) {
  const named = bars.filter(({ figures }) => figures.length > 0);
  return (
    <ChartFigure
      axes={{ left: axis }}
      title={title}
      note={note}
      summary={named
        .map(({ name, figures }) => `${name}: ${figures.map((f) => f.join(' ')).join(', ')}`)
        .join('; ')}
      table={{
        columns: [first, ...(named[0]?.figures.map(([name]) => name) ?? [])],
        rows: named.map(({ name, figures }) => [name, ...figures.map(([, figure]) => figure)]),
      }}
    >
      <ValuePlot
        height={210}
        room={ROOM}
        x={axisOfNames(bars)}
        y={numberAxis(ticksOf(bars), { name: axis, hasGrid: true, format: formatTick })}
        draw={(place) => <Drawing bars={bars} place={place} />}
        find={(x, _, { width }) => {
          const index = Math.floor((x / width) * bars.length);
          return bars[index] === undefined ? null : index;
        }}
        cursor={(index, { x, height }) => (
          <rect x={x(index)} width={x(1) - x(0)} height={height} fill="var(--line)" fillOpacity={0.35} />
        )}
        readout={(index) => {
          const bar = bars[index];
          return bar === undefined ? null : <ChartTooltip title={bar.name} figures={bar.figures} />;
        }}
      />
    </ChartFigure>
  );
}

const ROOM = { left: 62, right: 4, top: 6, bottom: 34 };
/** Share of its place that a bar takes. */
const BAR = 0.8;
/** Pixels of a letter on the axis, at most, and between two names. */
const LETTER = 7;
const BETWEEN = 6;

/** Every name, or every second, and so on, so that none touches the next. */
function axisOfNames(bars: readonly TradeBar[]): PlotAxis {
  const longest = LETTER * Math.max(1, ...bars.map(({ tick }) => tick.length)) + BETWEEN;
  return {
    low: 0,
    high: bars.length,
    ticks: (pixels) => {
      const every = Math.max(1, Math.ceil((longest * bars.length) / pixels));
      return bars.flatMap(({ tick }, i) => (i % every === 0 ? [{ at: i + 0.5, text: tick }] : []));
    },
  };
}

/** Counts have no ticks between them. */
function ticksOf(bars: readonly TradeBar[]): number[] {
  const ticks = valueTicks([0, ...bars.map(({ value }) => value)], 5);
  return bars.every(({ value }) => Number.isInteger(value)) ? ticks.filter(Number.isInteger) : ticks;
}

function Drawing({ bars, place }: { readonly bars: readonly TradeBar[]; readonly place: PlotPlace }) {
  const { x, y, width } = place;
  const wide = BAR * (x(1) - x(0));
  return (
    <>
      <line x2={width} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
      {bars.map(({ name, value, isLoss }, i) => (
        <rect
          key={name}
          x={x(i + 0.5) - wide / 2}
          y={Math.min(y(0), y(value))}
          width={wide}
          height={Math.abs(y(value) - y(0))}
          fill={isLoss ? 'var(--loss)' : 'var(--gain)'}
        />
      ))}
    </>
  );
}
