// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { show } from '../testing/render.tsx';
import { TradeBars } from './trade-bars.tsx';
import { numberAxis, type PlotPlace, ValuePlot } from './value-plot.tsx';

const size = vi.hoisted(() => ({ width: 0 }));
vi.mock('@mantine/hooks', async (load) => ({
  ...(await load<object>()),
  useElementSize: () => ({ ref: () => undefined, width: size.width, height: 0 }),
}));
beforeEach(() => {
  size.width = 320;
});

const ROOM = { left: 20, right: 0, top: 10, bottom: 40 };

function plot(draw: (place: PlotPlace) => React.ReactNode) {
  return show(
    <ValuePlot
      height={150}
      room={ROOM}
      x={numberAxis([0, 1, 2], { name: 'Days', hasGrid: true })}
      y={numberAxis([0, 0.5, 1])}
      draw={draw}
      find={(x, y, { width, height }) =>
        x >= 0 && x < width && y < height ? Math.floor((x / width) * 2) : null
      }
      cursor={(index) => <circle r={index} />}
      readout={(index) => <b>half {index}</b>}
    />,
  ).container;
}

it('draws from low to high within its room, with the ticks and names of its axes, and nothing before it knows its width', () => {
  const drawn = plot(({ x, y }) => <path d={`M${x(0)} ${y(0)}L${x(2)} ${y(1)}`} />);
  expect(drawn.querySelector('svg > g > path:last-child')?.getAttribute('d')).toBe('M0 100L300 0');
  expect([...drawn.querySelectorAll('text')].map((text) => text.textContent)).toEqual([
    '0.0',
    '0.5',
    '1.0',
    '0',
    '1',
    '2',
    'Days',
  ]);
  expect(drawn.querySelectorAll('line[y2="-100"]')).toHaveLength(3);
  size.width = 0;
  expect(plot(() => <path />).querySelector('svg')).toBeNull();
});

it('tells of what the pointer means without drawing the rest again', () => {
  const draw = vi.fn(() => <path />);
  const drawn = plot(draw);
  const plotted = drawn.querySelector('svg')!.parentElement!;
  const readout = () => drawn.querySelector('b')?.textContent;
  fireEvent.pointerMove(plotted, { clientX: 30, clientY: 50 });
  expect(readout()).toBe('half 0');
  fireEvent.pointerMove(plotted, { clientX: 300, clientY: 50 });
  expect(readout()).toBe('half 1');
  expect(drawn.querySelector('circle')?.getAttribute('r')).toBe('1');
  fireEvent.pointerMove(plotted, { clientX: 300, clientY: 149 });
  expect(readout()).toBeUndefined();
  expect(draw).toHaveBeenCalledOnce();
});

/** Names below bars, and the bars themselves. */
function bars(width: number) {
  size.width = width;
  const { container } = show(
    <TradeBars
      title="By hour"
      note=""
      first="Hour"
      axis="Trades"
      bars={[3, -1, 0].map((value, i) => ({
        name: `hour ${i}`,
        tick: `${i}:00 UTC`,
        value,
        figures: [['Trades', String(value)]],
        isLoss: value < 0,
      }))}
      formatTick={String}
    />,
  );
  const drawn = container.querySelector('[role="img"]')!;
  return {
    texts: [...drawn.querySelectorAll('text')].map((text) => text.textContent),
    bars: [...drawn.querySelectorAll('rect')].map((rect) =>
      ['y', 'height', 'fill'].map((a) => rect.getAttribute(a)),
    ),
  };
}

it('names as many groups of trades as have room, and has whole ticks for counts', () => {
  const wide = bars(400);
  expect(wide.texts).toEqual(['-1', '0', '1', '2', '3', '0:00 UTC', '1:00 UTC', '2:00 UTC', 'Trades']);
  expect(wide.bars).toEqual([
    ['0', '127.5', 'var(--gain)'],
    ['127.5', '42.5', 'var(--loss)'],
    ['127.5', '0', 'var(--gain)'],
  ]);
  expect(bars(220).texts).toContain('2:00 UTC');
  expect(bars(220).texts).not.toContain('1:00 UTC');
});
