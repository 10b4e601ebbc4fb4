// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { show, standInHost } from '../../testing/render.tsx';
import { detail, strategy } from '../testing/run.ts';
import { MissingTable } from './missing-table.tsx';

const missingTable = 'The table of strategies is not in the checkpoint this run came back from; …';

it.each([
  [true, 'Evaluate kept models again', 'evaluation.create'],
  [false, 'Train deleted models again', 'evaluation.retrain'],
] as const)(
  'a run without its table says so and offers what computes it; kept: %s',
  async (kept, name, method) => {
    const asked = standInHost();
    show(<MissingTable run={detail({ kept, missingTable, strategies: [], regimes: [] })} />);
    expect(screen.getByRole('region', { name: 'No table of strategies' }).textContent).toContain(
      missingTable,
    );
    await act(async () => screen.getByRole('button', { name }).click());
    expect(asked).toMatchObject([{ method, input: { enqueue: true } }]);
  },
);

it('of an old run that was not kept shows what is left of its strategies, and offers nothing that would not bring them back', () => {
  const { regimes: _regimes, holdoutRegimes: _holdout, ...one } = strategy(7);
  const contenders = [
    { ...one, regime: 'bull_trending' },
    { ...one, regime: null },
  ];
  show(
    <MissingTable
      run={detail({ missingTable: 'They were let go.', strategies: [], regimes: [], contenders })}
    />,
  );
  expect(screen.getByRole('region', { name: 'Contenders only' }).textContent).toContain('They were let go.');
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toContain('Bull trending');
  expect(rows[2]).toContain('All bars');
  expect(screen.queryByRole('button', { name: /again/ })).toBeNull();
});
