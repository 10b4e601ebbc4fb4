import type { AxisValue } from '../contract/axis-values.ts';
import type {
  AxisCellDto,
  AxisLevelDto,
  AxisLineDto,
  AxisMapDto,
  AxisScoreDto,
  AxisScoresDto,
} from '../contract/dto/index.ts';
import { TIMEFRAME_MINUTES, type Timeframe } from '../contract/timeframe.ts';
import { explainedByLevels, medianOf } from '../statistics/explained.ts';

/** A run or trial with a score. */
export interface ScoredRow {
  readonly id: number;
  readonly label: string;
  /** What its table is filtered with to see it alone. */
  readonly filter: string;
  readonly score: number;
  /** By key; an axis that it does not have is absent. */
  readonly values: Readonly<Record<string, AxisValue>>;
}

export interface AxisName {
  readonly key: string;
  /** Another axis that says what this one starts with: it tells rows apart only where it varies among those with the same of that. */
  readonly within?: string;
  readonly title: string;
  /** What the table of runs or trials is filtered with by it, or null where it can't be. */
  readonly condition: string | null;
}

interface Asked {
  readonly lowerIsBetter: boolean;
  /** Axes of the map; those that explain most without them. */
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** More values of a number than this become ranges with as many rows each. */
const MOST_LEVELS = 12;
const RANGES = 6;
const MOST_LINES = 400;

interface Level {
  readonly label: string;
  readonly filter: string | null;
}

interface Axis extends AxisName {
  readonly isNumber: boolean;
  readonly levels: readonly Level[];
  /** Of each row; null where it does not have the axis. */
  readonly of: readonly (number | null)[];
}

/** Scores of rows by each axis that tells them apart, by two together, and row by row. */
export function axisScores(
  rows: readonly ScoredRow[],
  names: readonly AxisName[],
  { lowerIsBetter, x, y }: Asked,
): Pick<AxisScoresDto, 'axes' | 'map' | 'lines'> {
  const best = lowerIsBetter
    ? (a: number, b: number) => Math.min(a, b)
    : (a: number, b: number) => Math.max(a, b);
  const axes = names.flatMap((name) => {
    const axis = axisOf(rows, name);
    return axis.levels.length < 2 || !varies(rows, name) ? [] : [{ axis, dto: scoredAxis(rows, axis, best) }];
  });
  axes.sort((a, b) => (b.dto.explained ?? -1) - (a.dto.explained ?? -1));
  const find = (key: string | undefined) => axes.find(({ axis }) => axis.key === key)?.axis;
  const first = find(x) ?? axes.find(({ axis }) => axis.key !== y)?.axis;
  const second = find(y) ?? axes.find(({ axis }) => axis !== first)?.axis;
  return {
    axes: axes.map(({ dto }) => dto),
    map:
      first === undefined || second === undefined || first === second
        ? null
        : mapOf(rows, first, second, best, lowerIsBetter),
    lines: linesOf(
      rows,
      axes.map(({ axis }) => axis),
      lowerIsBetter,
    ),
  };
}

/** A model type's defaults are no choice: they follow from the model type. */
function varies(rows: readonly ScoredRow[], { key, within }: AxisName): boolean {
  if (within === undefined) return true;
  const first = new Map<AxisValue | undefined, AxisValue>();
  for (const { values } of rows) {
    const value = values[key];
    if (value === undefined) continue;
    const known = first.get(values[within]);
    if (known !== undefined && known !== value) return true;
    first.set(values[within], value);
  }
  return false;
}

function axisOf(rows: readonly ScoredRow[], name: AxisName): Axis {
  const values = rows.map(({ values }) => values[name.key]);
  const different = [...new Set(values)].filter((value) => value !== undefined);
  const isNumber = different.every((value) => typeof value === 'number');
  const sorted = different.sort(isNumber ? (a, b) => Number(a) - Number(b) : byWord(name.key));
  if (isNumber && sorted.length > MOST_LEVELS) return rangesOf(values as (number | undefined)[], name);
  const places = new Map(sorted.map((value, at) => [value, at]));
  return {
    ...name,
    isNumber,
    levels: sorted.map((value) => ({
      label: String(value),
      filter: filterOf(name, value),
    })),
    of: values.map((value) => (value === undefined ? null : places.get(value)!)),
  };
}

/** A value that a condition could not hold has none. */
function filterOf({ condition }: AxisName, value: AxisValue): string | null {
  return condition === null || /[,|]/.test(String(value)) ? null : `${condition} = ${value}`;
}

const byWord = (key: string) => (a: AxisValue, b: AxisValue) =>
  key === 'timeframe'
    ? TIMEFRAME_MINUTES[a as Timeframe] - TIMEFRAME_MINUTES[b as Timeframe]
    : String(a).localeCompare(String(b), 'en');

/** Ranges with as many rows each, as far as equal values allow. */
function rangesOf(values: readonly (number | undefined)[], name: AxisName): Axis {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const borders = [
    ...new Set(
      Array.from({ length: RANGES - 1 }, (_, i) => known[Math.floor(((i + 1) * known.length) / RANGES)]!),
    ),
  ].filter((border) => border > known[0]!);
  const place = (value: number) => borders.filter((border) => value >= border).length;
  const levels = Array.from({ length: borders.length + 1 }, (_, at): Level => {
    const of = known.filter((value) => place(value) === at);
    const [low, high] = [of[0]!, of.at(-1)!];
    const key = name.condition;
    const filter = key === null ? null : `${key} >= ${low}, ${key} <= ${high}`;
    return { label: `${short(low)} to ${short(high)}`, filter };
  });
  return {
    ...name,
    isNumber: true,
    levels,
    of: values.map((value) => (value === undefined ? null : place(value))),
  };
}

const short = (value: number) => String(Number(value.toPrecision(3)));

type Best = (a: number, b: number) => number;

function scoredAxis(rows: readonly ScoredRow[], axis: Axis, best: Best): AxisScoreDto {
  const { key, title, isNumber } = axis;
  const groups = axis.levels.map((): number[] => []);
  const levels: number[] = [];
  const scores: number[] = [];
  rows.forEach(({ score }, r) => {
    const level = axis.of[r]!;
    if (level === null) return;
    groups[level]!.push(score);
    levels.push(level);
    scores.push(score);
  });
  return {
    key,
    title,
    isNumber,
    levels: axis.levels.map((level, at): AxisLevelDto => ({ ...level, ...figuresOf(groups[at]!, best) })),
    explained: explainedByLevels(levels, scores),
  };
}

const figuresOf = (scores: readonly number[], best: Best) => ({
  rows: scores.length,
  median: medianOf(scores),
  best: scores.reduce(best),
});

function mapOf(
  rows: readonly ScoredRow[],
  x: Axis,
  y: Axis,
  best: Best,
  lowerIsBetter: boolean,
): AxisMapDto | null {
  const width = x.levels.length;
  const groups = new Map<number, number[]>();
  const levels: number[] = [];
  const scores: number[] = [];
  rows.forEach(({ score }, r) => {
    const [across, down] = [x.of[r]!, y.of[r]!];
    if (across === null || down === null) return;
    const place = down * width + across;
    const group = groups.get(place) ?? [];
    group.push(score);
    groups.set(place, group);
    levels.push(place);
    scores.push(score);
  });
  if (groups.size === 0) return null;
  const cells = [...groups]
    .sort(([a], [b]) => a - b)
    .map(
      ([place, of]): AxisCellDto => ({
        x: place % width,
        y: Math.floor(place / width),
        ...figuresOf(of, best),
      }),
    );
  const top = cells.reduce((one, other) =>
    (lowerIsBetter ? other.median < one.median : other.median > one.median) ? other : one,
  );
  const isStep = (axis: Axis, one: number, other: number) =>
    axis.isNumber ? Math.abs(one - other) === 1 : true;
  const beside = cells.filter((cell) =>
    cell.x === top.x
      ? cell.y !== top.y && isStep(y, cell.y, top.y)
      : cell.y === top.y && isStep(x, cell.x, top.x),
  );
  return {
    x: x.key,
    y: y.key,
    cells,
    explained: explainedByLevels(levels, scores),
    peak: {
      x: top.x,
      y: top.y,
      around: beside.length === 0 ? null : medianOf(beside.map(({ median }) => median)),
    },
  };
}

/** Half of those that fit are the best; the others are spread evenly over the rest, so that the worse are seen, too. */
function linesOf(rows: readonly ScoredRow[], axes: readonly Axis[], lowerIsBetter: boolean): AxisLineDto[] {
  const sign = lowerIsBetter ? 1 : -1;
  const order = rows.map((_, r) => r).sort((a, b) => sign * (rows[a]!.score - rows[b]!.score) || a - b);
  const half = MOST_LINES / 2;
  const rest = order.slice(half);
  const step = Math.max(1, rest.length / half);
  const spread = Array.from({ length: Math.min(half, rest.length) }, (_, i) => rest[Math.floor(i * step)]!);
  return [...order.slice(0, half), ...spread].map((r) => ({
    id: rows[r]!.id,
    label: rows[r]!.label,
    filter: rows[r]!.filter,
    score: rows[r]!.score,
    levels: axes.map((axis) => axis.of[r]!),
  }));
}
