// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { PlotGrounds } from './plot-grounds.tsx';

/** So many grounds of two bars, the second one filled. */
function drawn(count: number, width: number) {
  const grounds = Array.from({ length: count }, (_, i) => ({
    from: 2 * i,
    to: 2 * i + 2,
    ...(i === 1 ? { fill: 'red' } : {}),
  }));
  const { container } = show(
    <svg aria-hidden>
      <PlotGrounds grounds={grounds} bars={2 * count} width={width} height={50} />
    </svg>,
  );
  const line = container.querySelector('path');
  return {
    fills: [...container.querySelectorAll('rect')].map((rect) => [
      rect.getAttribute('x'),
      rect.getAttribute('width'),
    ]),
    line: line && [line.getAttribute('d'), line.getAttribute('opacity')],
  };
}

it('fills a ground, and draws a border between each two as far as there is room', () => {
  expect(drawn(3, 90)).toEqual({ fills: [['30.0', '30']], line: ['M30.0 0V50M60.0 0V50', '1'] });
  expect(drawn(10, 100).line?.[1]).toBe('0.45');
  expect(drawn(10, 30)).toMatchObject({ fills: [['3.0', '3']], line: null });
});
