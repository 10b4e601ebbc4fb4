import { expect, it } from 'vitest';
import { type AxisName, axisScores, type ScoredRow } from './axis-scores.ts';

const name = (key: string, isCondition = true): AxisName => ({
  key,
  title: key,
  condition: isCondition ? key : null,
});
const row = (id: number, score: number, values: ScoredRow['values']): ScoredRow => ({
  id,
  label: `run ${id}`,
  filter: `id = ${id}`,
  score,
  values,
});

/** 3 horizons x 3 days: a plateau of 1 with a peak of 3 in a corner that stands alone. */
const GRID = [3, 6, 12].flatMap((horizon, h) =>
  [30, 60, 90].flatMap((days, d) =>
    [0, 0.2].map((noise, n) =>
      row(1 + n + 2 * (3 * h + d), (h === 2 && d === 2 ? 3 : h === 0 ? 1 : 0) + noise, {
        horizon,
        days,
        only: 1,
      }),
    ),
  ),
);

it('says of each level how many, the median and the best, and how it is filtered', () => {
  const { axes } = axisScores(GRID, [name('horizon'), name('days', false), name('only')], {
    lowerIsBetter: false,
  });
  // What has one value tells nothing apart.
  expect(new Set(axes.map(({ key }) => key))).toEqual(new Set(['horizon', 'days']));
  const [horizon, days] = ['horizon', 'days'].map((key) => axes.find((axis) => axis.key === key)!);
  expect(axes[0]!.explained).toBeGreaterThanOrEqual(axes[1]!.explained!);
  expect(horizon!.levels).toEqual([
    { label: '3', filter: 'horizon = 3', rows: 6, median: 1.1, best: 1.2 },
    { label: '6', filter: 'horizon = 6', rows: 6, median: 0.1, best: 0.2 },
    { label: '12', filter: 'horizon = 12', rows: 6, median: 0.2, best: 3.2 },
  ]);
  expect(days!.levels[0]!.filter).toBeNull();
  expect(axisScores(GRID, [name('horizon')], { lowerIsBetter: true }).axes[0]!.levels[2]!.best).toBe(0);
});

it('tells a plateau from a peak by what lies beside it', () => {
  const { map } = axisScores(GRID, [name('horizon'), name('days')], {
    lowerIsBetter: false,
    x: 'horizon',
    y: 'days',
  });
  expect(map).toMatchObject({ x: 'horizon', y: 'days', peak: { x: 2, y: 2 } });
  expect(map!.cells).toHaveLength(9);
  expect(map!.cells.find(({ x, y }) => x === 2 && y === 2)).toMatchObject({
    rows: 2,
    median: 3.1,
    best: 3.2,
  });
  expect(map!.peak.around).toBeCloseTo(0.1, 12);
  const low = axisScores(GRID, [name('horizon'), name('days')], { lowerIsBetter: true }).map!;
  expect(low.cells.find(({ x, y }) => x === low.peak.x && y === low.peak.y)!.median).toBe(0.1);
});

it('what follows from another axis is none of its own', () => {
  const rows = [1, 2, 3, 4].map((i) =>
    row(i, i, { modelType: i % 2 ? 'ridge' : 'lasso', alpha: i % 2 ? 1 : 0.1, depth: i }),
  );
  const names = [
    name('modelType'),
    { ...name('alpha'), within: 'modelType' },
    { ...name('depth'), within: 'modelType' },
  ];
  const keys = axisScores(rows, names, { lowerIsBetter: false }).axes.map(({ key }) => key);
  expect(new Set(keys)).toEqual(new Set(['modelType', 'depth']));
});

it('many numbers become ranges with as many rows each; what a row does not have counts nowhere', () => {
  const rows = Array.from({ length: 61 }, (_, i) => row(i, i, i === 60 ? {} : { alpha: 0.001 * (i + 1) }));
  const [alpha] = axisScores(rows, [name('alpha')], { lowerIsBetter: false }).axes;
  expect(alpha!.levels.map((level) => level.rows)).toEqual([10, 10, 10, 10, 10, 10]);
  expect(alpha!.levels[0]).toMatchObject({
    label: '0.001 to 0.01',
    filter: 'alpha >= 0.001, alpha <= 0.01',
    median: 4.5,
  });
});

it('timeframes stand by their length, and lines keep the best and a spread of the others', () => {
  const rows = Array.from({ length: 1000 }, (_, i) =>
    row(i, i, { timeframe: ['D1', 'M5', 'H4'][i % 3]!, horizon: i % 2 }),
  );
  const { axes, lines } = axisScores(rows, [name('timeframe'), name('horizon')], { lowerIsBetter: false });
  const at = axes.findIndex(({ key }) => key === 'timeframe');
  expect(axes[at]!.levels.map(({ label }) => label)).toEqual(['M5', 'H4', 'D1']);
  expect(lines).toHaveLength(400);
  expect(lines[0]).toMatchObject({ id: 999, score: 999, label: 'run 999' });
  expect(lines[0]!.levels[at]).toBe(2);
  expect(lines.slice(0, 200).map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => 999 - i));
  expect(lines.at(-1)!.score).toBeLessThan(10);
});
