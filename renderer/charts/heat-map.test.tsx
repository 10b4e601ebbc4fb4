// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { HeatMap } from './heat-map.tsx';

it('has a figure of few trades without color, and colors the others by the largest of themselves', () => {
  show(
    <HeatMap
      title="Heat"
      corner="Model"
      rows={['A']}
      columns={[
        { key: 'x', label: 'X' },
        { key: 'y', label: 'Y' },
        { key: 'z', label: 'Z' },
      ]}
      values={[[9, 2, null]]}
      empty="none"
      format={(value, row, column) => `${value} at ${row} ${column}`}
      isFew={(_, column) => column === 0}
    />,
  );
  const strength = (title: string) => screen.getByTitle(title).style.getPropertyValue('--strength');
  expect(strength('A, X: 9 at 0 0, from few trades')).toBe('0');
  expect(strength('A, Y: 2 at 0 1')).toBe('58');
  expect(screen.getByTitle('A, Z: none').textContent).toBe('–');
});
