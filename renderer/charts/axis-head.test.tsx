// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { ChartFigure } from './chart-figure.tsx';

it('names of axes and heads of a chart as table are explained, and reached by keyboard', async () => {
  show(
    <ChartFigure
      title="Fall"
      summary="It falls"
      axes={{ left: 'Drawdown, %', bottom: 'A word of nobody' }}
      table={{ columns: ['Day', 'Max drawdown'], rows: [['1', '2 %']] }}
    >
      drawn
    </ChartFigure>,
  );
  const axis = screen.getByRole('note', { name: /^Drawdown, %: How far the equity is below/ });
  expect(axis.tabIndex).toBe(0);
  // Nothing that can be reached lies within a picture.
  expect(screen.getByRole('img', { name: 'Fall. It falls' }).contains(axis)).toBe(false);
  expect(screen.queryByRole('note', { name: /^A word/ })).toBeNull();
  screen.getByRole('button', { name: 'Show Fall as table' }).click();
  expect((await screen.findByText('Max drawdown')).tabIndex).toBe(0);
  expect(screen.getByText('Day').tabIndex).toBe(-1);
});
