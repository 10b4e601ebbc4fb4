import type { AxisScoreDto, AxisScoresDto } from '../../../engine/contract/dto/index.ts';
import { count, decimal, percent, table } from './format.ts';

/** Indicators are longer. */
const MOST_LABEL = 48;

const HEAD = ['Axis', 'Value', 'Number', 'Median', 'Best'];

/** Scores by each axis, the one that explains most first; then two together. */
export function axisScoresText(scores: AxisScoresDto): string {
  const { source, score, lowerIsBetter, rows, unscored, axes } = scores;
  const noun = source === 'runs' ? 'run' : 'trial';
  const without = unscored === 0 ? '' : `, ${count(unscored, noun)} without a score left out`;
  const head = `${score} of ${count(rows, noun)}${without}. ${lowerIsBetter ? 'Lower' : 'Higher'} is better.`;
  if (axes.length === 0) return `${head}\nNo axis tells them apart: all have the same of each.`;
  const lines = axes.flatMap((axis) =>
    axis.levels.map(({ label, rows, median, best }, at) => [
      at === 0 ? axis.key : '',
      label.length > MOST_LABEL ? `${label.slice(0, MOST_LABEL - 1)}…` : label,
      String(rows),
      figure(median),
      figure(best),
    ]),
  );
  return [
    head,
    '',
    table(
      ['Axis', 'Explains'],
      axes.map((axis) => [axis.key, explained(axis)]),
      ['Explains'],
    ),
    '',
    table(HEAD, lines, ['Number', 'Median', 'Best']),
    ...mapText(scores),
  ].join('\n');
}

const figure = (value: number) => decimal(value, Math.abs(value) >= 100 ? 0 : 3);

const explained = (axis: Pick<AxisScoreDto, 'explained'>) =>
  axis.explained === null ? '–' : percent(axis.explained, 0);

function mapText({ map, axes }: AxisScoresDto): string[] {
  if (map === null) return [];
  const levelsOf = (key: string) => axes.find((axis) => axis.key === key)!.levels;
  const [across, down] = [levelsOf(map.x), levelsOf(map.y)];
  const rows = down.map(({ label }, y) => [
    label,
    ...across.map((_, x) => {
      const cell = map.cells.find((one) => one.x === x && one.y === y);
      return cell === undefined ? '–' : figure(cell.median);
    }),
  ]);
  const { x, y, around } = map.peak;
  const top = map.cells.find((cell) => cell.x === x && cell.y === y)!;
  const beside = around === null ? 'nothing was trained beside it' : `${figure(around)} beside it`;
  return [
    '',
    `Medians by ${map.y} (down) and ${map.x} (across), which together explain ${explained(map)}:`,
    table(
      [map.y, ...across.map(({ label }) => label)],
      rows,
      across.map(({ label }) => label),
    ),
    '',
    `Best at ${map.x} ${across[x]!.label}, ${map.y} ${down[y]!.label}: ${figure(top.median)}; ${beside}. Where that is much worse it is a peak, as noise has.`,
  ];
}
