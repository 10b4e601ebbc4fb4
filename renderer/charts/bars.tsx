import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { common } from '../ui/texts/common.ts';
import { BarRows, LINE } from './bar-drawing.tsx';
import { OUT_OF_SAMPLE } from './bar-marks.tsx';
import { barRows, barSummary, barTable, barTicks, hasOutOfSample, type RegimeBar } from './bar-rows.ts';
import { BarTooltip } from './bar-texts.tsx';
import { ChartFigure, type LegendItem } from './chart-figure.tsx';
import { verdictColor, verdictColors } from './palette.ts';
import { texts } from './texts.ts';
import { NAMED_AXIS, numberAxis, ValuePlot } from './value-plot.tsx';

interface Reference {
  readonly value: number;
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
}

interface Props {
  readonly bars: readonly RegimeBar[];
  readonly title: string;
  readonly note: React.ReactNode;
  readonly axis: string;
  readonly ticks?: readonly number[];
  readonly reference?: Reference;
  format(value: number): string;
  formatTick(value: number): string;
}

const ROW_HEIGHT = 46;
/** Where names stand above their bars. */
const NARROW_ROW_HEIGHT = 64;
/** A chart that is less wide has no room for names beside its bars. */
const NARROW = 420;
const NAMES_WIDTH = 118;
const FIGURES_WIDTH = 74;
/** With a mark before the second figure. */
const MARKED_WIDTH = 92;
/** Where a color would say something that is not meant: of no champion, of all of them. */
const BAR = 'var(--figure)';
const HATCHED = `repeating-linear-gradient(135deg, ${BAR} 0 2px, transparent 2px 4px)`;

/** Pixels that the bars of so many regimes take, axis included; a chart beside them is as tall. */
export function barsHeight(regimes: number): number {
  return Math.max(264, regimes * ROW_HEIGHT + 52);
}

/**
 * Two bars per regime, of the window it was chosen on and of the holdout, with whiskers of one standard error; names with
 * their market on the left, figures on the right, clear of bars, whiskers and marks.
 */
export function Bars({ title, note, axis, bars, ticks, reference, format, formatTick }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const isNarrow = width > 0 && width < NARROW;
  const height = isNarrow ? bars.length * NARROW_ROW_HEIGHT + 52 : barsHeight(bars.length);
  const hatching = useId();
  const colors = verdictColors(bars.flatMap(({ champion }) => champion?.verdict ?? []));
  const colorOf = ({ champion }: RegimeBar) => (champion === null ? BAR : verdictColor(champion.verdict));
  /** Solid where a figure is more than luck, hatched where it is not; the color is the verdict's. */
  const fillOf = (bar: RegimeBar) =>
    bar.champion?.weight === 'above'
      ? colorOf(bar)
      : `url(#${hatching}${colors.findIndex(({ color }) => color === colorOf(bar))})`;
  const rows = barRows(bars);
  const axisTicks = [...(ticks ?? barTicks(rows))];
  return (
    <ChartFigure
      axes={isNarrow ? {} : { bottom: axis }}
      title={title}
      note={note}
      summary={barSummary(bars)}
      legend={legendOf(bars, reference)}
      table={barTable(bars, format)}
    >
      <div ref={ref}>
        <ValuePlot
          height={height}
          room={roomOf(isNarrow, hasOutOfSample(bars))}
          x={numberAxis(axisTicks, {
            ...(isNarrow ? {} : { name: axis }),
            hasGrid: true,
            hasMarks: true,
            format: formatTick,
          })}
          y={{ low: rows.length, high: 0, ticks: () => [] }}
          draw={(place) => (
            <>
              <Hatching id={hatching} colors={colors.map(({ color }) => color)} />
              <BarRows
                rows={rows}
                place={place}
                isNarrow={isNarrow}
                fillOf={fillOf}
                strokeOf={colorOf}
                outline={BAR}
              />
              {reference === undefined ? null : (
                <line
                  x1={place.x(reference.value)}
                  x2={place.x(reference.value)}
                  y2={place.height}
                  stroke={reference.color}
                  strokeWidth={1.5}
                  strokeDasharray={reference.dashed ? '5 4' : undefined}
                />
              )}
            </>
          )}
          find={(_, y, place) => {
            const index = Math.floor((y / place.height) * rows.length);
            return rows[index] === undefined ? null : index;
          }}
          cursor={(index, place) => (
            <rect
              y={place.y(index)}
              width={place.width}
              height={place.y(1) - place.y(0)}
              fill="var(--line)"
              fillOpacity={0.35}
            />
          )}
          readout={(index) => {
            const row = rows[index];
            return row === undefined ? null : <BarTooltip bar={row.bar} format={format} />;
          }}
        />
      </div>
    </ChartFigure>
  );
}

const TOP = 4;

function roomOf(isNarrow: boolean, isTested: boolean) {
  return {
    left: isNarrow ? 1 : NAMES_WIDTH,
    right: isTested ? MARKED_WIDTH : FIGURES_WIDTH,
    top: TOP,
    bottom: NAMED_AXIS,
  };
}

function legendOf(bars: readonly RegimeBar[], reference: Reference | undefined): LegendItem[] {
  const won = bars.flatMap(({ champion }) => champion ?? []);
  const has = (wanted: boolean) => won.some(({ weight }) => (weight === 'above') === wanted);
  return [
    // Squares are what is drawn in which way, whatever its color.
    ...verdictColors(won.map(({ verdict }) => verdict)).map((color) => ({ ...color, glyph: '●' })),
    ...(has(true) ? [{ name: texts.selectionAboveLuck, color: BAR }] : []),
    ...(has(false) ? [{ name: texts.selectionNotAboveLuck, color: HATCHED }] : []),
    ...(hasOutOfSample(bars) ? [{ name: texts.outOfSample, color: OUT_OF_SAMPLE, glyph: '◆' }] : []),
    ...(won.some(({ holdout }) => holdout !== null)
      ? [{ name: common.holdout, color: BAR, shape: 'outline' as const }]
      : []),
    ...(won.some(({ selection }) => selection.error !== null)
      ? [{ name: texts.oneStandardError, color: LINE, glyph: '├─┤' }]
      : []),
    ...(won.some(({ luck }) => luck !== undefined)
      ? [{ name: texts.bestByLuck, color: 'var(--accent)', glyph: '┃' }]
      : []),
    ...(reference?.dashed === true
      ? [{ name: reference.name, color: reference.color, shape: 'dashed' as const }]
      : []),
  ];
}

/** A pattern of each color, by its place. */
function Hatching({ id, colors }: { readonly id: string; readonly colors: readonly string[] }) {
  return (
    <defs>
      {colors.map((color, i) => (
        <pattern
          key={color}
          id={`${id}${i}`}
          width={5}
          height={5}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={5} height={5} fill="var(--panel)" />
          <rect width={2} height={5} fill={color} />
        </pattern>
      ))}
    </defs>
  );
}
