import { common } from '../ui/texts/common.ts';
import { OUT_OF_SAMPLE } from './bar-marks.tsx';
import { type BarRow, HIDDEN, NO_MODEL, type RegimeBar, written } from './bar-rows.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { texts } from './texts.ts';

interface Line {
  readonly text: string;
  readonly quiet: boolean;
  /** Of too few trades. */
  readonly slanted?: boolean | undefined;
  /** Before the text: what stands for it in the chart. */
  readonly mark?: { readonly glyph: string; readonly color: string };
}

export const namesOf = ({ regime, market }: BarRow): readonly Line[] => [
  { text: regime, quiet: false },
  { text: market, quiet: true },
];

export const figuresOf = ({ bar: { champion }, selectionText, holdoutText }: BarRow): readonly Line[] => [
  { text: selectionText, quiet: champion?.selection.few ?? true, slanted: champion?.selection.few },
  champion?.outOfSample == null
    ? { text: holdoutText, quiet: true, slanted: champion?.holdout?.few }
    : {
        text: champion.outOfSample.text,
        mark: { glyph: '◆', color: OUT_OF_SAMPLE },
        quiet: champion.outOfSample.few,
        slanted: champion.outOfSample.few,
      },
];

interface TickProps {
  readonly x: number;
  /** The middle of its row. */
  readonly y: number;
  readonly index: number;
  readonly rows: readonly BarRow[];
}

interface TwoLinesProps extends TickProps {
  readonly anchor: 'start' | 'end';
  lines(row: BarRow): readonly Line[];
}

/** Text beside the bars of one regime: one line beside each bar. */
export function TwoLines({ x, y, index, rows, anchor, lines }: TwoLinesProps) {
  const row = rows[index];
  if (row === undefined) return null;
  return (
    <g transform={`translate(${x} ${y})`} textAnchor={anchor} fontSize={12}>
      {lines(row).map(({ text, quiet, slanted, mark }, line) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          key={line}
          y={line * 15 - 4}
          fill={quiet ? 'var(--mantine-color-dimmed)' : 'var(--mantine-color-text)'}
          fontSize={line === 0 ? 12 : 11}
          fontStyle={slanted === true ? 'italic' : undefined}
        >
          {mark === undefined ? null : <tspan fill={mark.color}>{`${mark.glyph} `}</tspan>}
          {text}
        </text>
      ))}
    </g>
  );
}

/** Regime and market on one line, from the left edge of the chart. */
export function NameAbove({ x, y, index, rows }: TickProps) {
  const row = rows[index];
  if (row === undefined) return null;
  return (
    <text
      x={x + 10}
      y={y - 19}
      fontSize={12}
      fill="var(--mantine-color-text)"
      stroke="var(--panel)"
      strokeWidth={4}
      paintOrder="stroke"
    >
      {row.regime}
      <tspan dx={6} fontSize={11} fill="var(--mantine-color-dimmed)">
        {row.market}
      </tspan>
    </text>
  );
}

export function BarTooltip({
  bar: { regime, champion },
  format,
}: { readonly bar: RegimeBar } & { format(value: number): string }) {
  if (champion === null) return <ChartTooltip title={regime} figures={[[common.model, NO_MODEL]]} />;
  return (
    <ChartTooltip
      title={regime}
      figures={[
        [common.model, champion.label],
        [common.selection, written(champion.selection)],
        ...(champion.outOfSample === null
          ? []
          : [[common.outOfSample, written(champion.outOfSample)] as const]),
        [common.holdout, champion.holdout === null ? HIDDEN : written(champion.holdout)],
        ...(champion.luck === undefined ? [] : [[texts.bestByLuck, format(champion.luck)] as const]),
      ]}
    />
  );
}
