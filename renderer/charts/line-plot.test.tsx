// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { show } from '../testing/render.tsx';
import { LinePlot, nextTo } from './line-plot.tsx';
import { numberAxis } from './value-plot.tsx';

vi.mock('@mantine/hooks', async (load) => ({
  ...(await load<object>()),
  useElementSize: () => ({ ref: () => undefined, width: 100, height: 0 }),
}));

it('draws a line through its points, and a whisker where there is an error', () => {
  const { container } = show(
    <LinePlot
      height={100}
      room={{ left: 0, right: 0, top: 0, bottom: 0 }}
      x={numberAxis([0, 10])}
      y={numberAxis([0, 10])}
      points={[
        { x: 0, y: 0, error: null },
        { x: 5, y: 8, error: 1 },
      ]}
      color="red"
      behind={() => <rect />}
      readout={() => null}
    />,
  );
  const [, line, whiskers] = container.querySelectorAll('svg path');
  expect(line?.getAttribute('d')).toBe('M0.0 100.0L50.0 20.0');
  expect(whiskers?.getAttribute('d')).toBe('M50 10V30M44 10h12M44 30h12');
  expect(container.querySelector('rect')).not.toBeNull();
});

it('means the point next to the pointer, inside of the plot', () => {
  const place = { width: 100, height: 10, x: (value: number) => 10 * value, y: () => 0 };
  const points = [{ x: 1 }, { x: 4 }, { x: 9 }];
  expect(nextTo(points, 20, place)).toBe(0);
  expect(nextTo(points, 30, place)).toBe(1);
  expect(nextTo(points, 99, place)).toBe(2);
  expect(nextTo(points, 101, place)).toBeNull();
  expect(nextTo([], 20, place)).toBeNull();
});
