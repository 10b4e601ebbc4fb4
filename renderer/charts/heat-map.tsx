import { DASH } from '../ui/format.ts';
import { SideScroll } from '../ui/side-scroll.tsx';
import { ChartFigure } from './chart-figure.tsx';
import classes from './charts.module.css';
import { texts } from './texts.ts';

export interface HeatColumn {
  /** Unique. */
  readonly key: string;
  readonly label: string;
  /** Columns that follow each other with the same group stand under one heading. */
  readonly group?: string;
}

interface HeatMapProps {
  readonly title: string;
  readonly note?: React.ReactNode;
  /** What the rows are: `Model type`. */
  readonly corner: string;
  readonly rows: readonly string[];
  readonly columns: readonly HeatColumn[];
  /** [row][column]; null where there is no figure. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Cell to point out, `[row, column]`. */
  readonly marked?: readonly [number, number];
  /** What a cell without a figure means. */
  readonly empty: string;
  /** What a cell says; the scale calls it without a place. */
  format(value: number, row?: number, column?: number): string;
  /** Whether a cell's figure is of too few trades to be colored. */
  isFew?(row: number, column: number): boolean;
  /** Cells with a figure are buttons. */
  onPick?(row: number, column: number): void;
}

/** Color at full strength leaves text readable on it in both schemes. */
const FULL_STRENGTH = 58;

/** Share of full color, in percent: the scale is the same on both sides of zero. */
export function heatStrength(value: number, largest: number): number {
  return largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * FULL_STRENGTH);
}

/** A table whose cells are colored from orange (negative) over paper (zero) to blue: a chart that reads itself aloud. */
export function HeatMap(props: HeatMapProps) {
  const { title, note, corner, rows, columns, values, marked, empty, format, isFew, onPick } = props;
  const weighty = values.map((row, r) => row.map((value, c) => (isFew?.(r, c) === true ? 0 : (value ?? 0))));
  const largest = Math.max(0, ...weighty.flat().map(Math.abs));
  const groups = groupsOf(columns);
  return (
    <ChartFigure
      title={title}
      note={note}
      summary=""
      hasControls
      table={{
        columns: [
          corner,
          ...columns.map(({ label, group }) => (group === undefined ? label : `${group}, ${label}`)),
        ],
        rows: rows.map((row, r) => [
          row,
          ...columns.map((_, c) => {
            const value = values[r]![c]!;
            return value === null ? DASH : format(value, r, c);
          }),
        ]),
      }}
    >
      <SideScroll label={texts.titleTable({ title })}>
        <table className={classes.heat}>
          <thead>
            {groups.length === 0 ? null : (
              <tr>
                <td aria-hidden />
                {groups.map(({ label, span }) => (
                  <th key={label} scope="colgroup" colSpan={span}>
                    {label}
                  </th>
                ))}
              </tr>
            )}
            <tr>
              <th className={classes.corner} scope="col">
                {corner}
              </th>
              {columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map(({ key, label, group }, c) => {
                  const value = values[r]![c]!;
                  const isWeak = isFew?.(r, c) === true;
                  const name = `${row}, ${group === undefined ? '' : `${group}, `}${label}`;
                  return value === null ? (
                    <td key={key} data-empty title={`${name}: ${empty}`}>
                      {DASH}
                    </td>
                  ) : (
                    <td
                      key={key}
                      data-sign={value < 0 ? 'loss' : 'gain'}
                      data-marked={marked?.[0] === r && marked[1] === c ? true : undefined}
                      data-few={isWeak || undefined}
                      style={{ '--strength': heatStrength(weighty[r]![c]!, largest) } as React.CSSProperties}
                      title={`${name}: ${format(value, r, c)}${isWeak ? texts.fromFewTrades : ''}`}
                    >
                      {/* In a narrow cell the error stands below, in one piece. */}
                      {onPick === undefined ? (
                        format(value, r, c).replace('± ', '±\u00a0')
                      ) : (
                        <button type="button" onClick={() => onPick(r, c)}>
                          {format(value, r, c)}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
      {largest === 0 ? null : <Ramp low={format(-largest)} high={format(largest)} />}
    </ChartFigure>
  );
}

function Ramp({ low, high }: { readonly low: string; readonly high: string }) {
  return (
    <div className={`${classes.legend} ${classes.rampBox}`} aria-hidden>
      <span>{low}</span>
      <span className={classes.ramp} />
      <span>{high}</span>
    </div>
  );
}

/** Neighboring columns of one group, with their number; none when columns have no groups. */
function groupsOf(columns: readonly HeatColumn[]): { readonly label: string; readonly span: number }[] {
  const groups: { label: string; span: number }[] = [];
  for (const { group } of columns) {
    if (group === undefined) return [];
    const last = groups.at(-1);
    if (last?.label === group) last.span++;
    else groups.push({ label: group, span: 1 });
  }
  return groups;
}
