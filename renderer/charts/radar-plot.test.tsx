// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { RadarPlot } from './radar-plot.tsx';

it('draws a line clockwise from the top, and tells of the axis that the pointer is next to, inside of the rim', () => {
  const { container } = show(
    <RadarPlot
      width={200}
      height={200}
      radius={80}
      axes={['up', 'right', 'down', 'left']}
      lines={[{ name: 'one', values: [1, 0.5, 0, 0.25], color: 'red', width: 2, fillOpacity: 0 }]}
      readout={(axis) => <b>{axis}</b>}
    />,
  );
  // Around (100, 106).
  expect(container.querySelector('path[stroke="red"]')?.getAttribute('d')).toBe(
    'M100.0 26.0L140.0 106.0L100.0 106.0L80.0 106.0Z',
  );
  const names = [...container.querySelectorAll('text')].slice(0, 4);
  expect(names.map((name) => [name.textContent, name.getAttribute('text-anchor')])).toEqual([
    ['up', 'middle'],
    ['right', 'start'],
    ['down', 'middle'],
    ['left', 'end'],
  ]);
  const plot = container.querySelector('svg')!.parentElement!;
  const told = (clientX: number, clientY: number) => {
    fireEvent.pointerMove(plot, { clientX, clientY });
    return container.querySelector('b')?.textContent;
  };
  expect([told(105, 60), told(150, 100), told(95, 150), told(50, 110), told(95, 60)]).toEqual([
    '0',
    '1',
    '2',
    '3',
    '0',
  ]);
  expect(told(5, 5)).toBeUndefined();
});
