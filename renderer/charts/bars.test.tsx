// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { show } from '../testing/render.tsx';
import type { RegimeBar } from './bar-rows.ts';
import { Bars } from './bars.tsx';

const size = vi.hoisted(() => ({ width: 0 }));
vi.mock('@mantine/hooks', async (load) => ({
  ...(await load<object>()),
  useElementSize: () => ({ ref: () => undefined, width: size.width, height: 0 }),
}));
beforeEach(() => {
  size.width = 610;
});

const figure = (value: number, error: number | null) => ({
  value,
  error,
  text: `${value} of it`,
  few: false,
});

const BARS: readonly RegimeBar[] = [
  {
    regime: 'Bull',
    champion: {
      label: 'Ridge EURUSD H1',
      market: 'EURUSD H1',
      weight: 'above',
      verdict: 'strong',
      selection: figure(2, 1),
      holdout: figure(-1, null),
      outOfSample: figure(1, 0.5),
      luck: 3,
    },
  },
  { regime: 'Bear', champion: null },
];

function drawn() {
  const { container } = show(
    <Bars title="Sharpe" note="" axis="Sharpe ratio" bars={BARS} format={String} formatTick={String} />,
  );
  return container.querySelector<HTMLElement>('[role="img"]')!;
}

it('has a bar of each window with its whiskers, what it came to out of sample and the luck of all tries', () => {
  const picture = drawn();
  // From -1 to 3 in 400 pixels.
  expect([...picture.querySelectorAll('svg > g > g > rect')].map((rect) => rect.getAttribute('x'))).toEqual([
    '100',
    '0',
  ]);
  const paths = [...picture.querySelectorAll('path')].map((path) => path.getAttribute('d'));
  expect(paths.filter((path) => path?.includes('H400M'))).toHaveLength(2);
  expect(paths.filter((path) => /^M200 [\d.]+l6 7l-6 7l-6 -7z$/.test(path ?? ''))).toHaveLength(1);
  expect(picture.querySelector('line[stroke="var(--accent)"]')?.getAttribute('x1')).toBe('400');
  const texts = [...picture.querySelectorAll('text')].map((text) => text.textContent);
  expect(texts).toEqual(
    expect.arrayContaining(['Bull', 'EURUSD H1', '2 of it', '◆ 1 of it', 'Bear', 'no model']),
  );
});

it('tells of the regime at the pointer, and has names above its bars where there is no room beside them', () => {
  const picture = drawn();
  const plot = picture.querySelector('svg')!.parentElement!;
  fireEvent.pointerMove(plot, { clientX: 300, clientY: 20 });
  expect(picture.querySelector('strong')?.textContent).toBe('Bull');
  fireEvent.pointerMove(plot, { clientX: 300, clientY: 200 });
  expect(picture.querySelector('strong')?.textContent).toBe('Bear');
  fireEvent.pointerLeave(plot);
  expect(picture.querySelector('strong')).toBeNull();
  size.width = 300;
  expect([...drawn().querySelectorAll('text')].map((text) => text.textContent)).toContain('BullEURUSD H1');
});
