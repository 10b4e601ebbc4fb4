import { expect, test } from 'vitest';
import { useEngines } from '../testing/engines.ts';

const { createWorkspace, open } = useEngines();

test('views of tables are kept by name, replaced, and refused where the table would not take them', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { call } = engine;
  const query = { filter: 'sharpe >= 1, synthetic = no', sort: 'sharpe', columns: 'id,sharpe', kept: true };
  await call('views.save', { table: 'history', name: ' Good ones ', query });
  await call('views.save', {
    table: 'champions',
    name: 'Good ones',
    query: { sort: 'p', descending: false },
  });
  expect(await call('views.list', {})).toMatchObject([
    { table: 'champions', name: 'Good ones', query: { sort: 'p', descending: false } },
    { table: 'history', name: 'Good ones', query },
  ]);

  await call('views.save', { table: 'history', name: 'Good ones', query: { limit: 10 } });
  await call('views.remove', { table: 'champions', name: 'Good ones' });
  const left = [{ table: 'history', name: 'Good ones', query: { limit: 10 } }];
  expect(await call('views.list', {})).toMatchObject(left);

  await expect(
    call('views.save', { table: 'champions', name: 'x', query: { minSharpe: 1 } }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(
    call('views.save', { table: 'history', name: 'x', query: { filter: 'nothing > 1' } }),
  ).rejects.toThrow(/"nothing" is no column/);
  await expect(call('views.remove', { table: 'history', name: 'x' })).rejects.toThrow(
    'There is no view "x" of history: there are Good ones.',
  );

  await engine.close();
  expect(await open(workspace).call('views.list', {})).toMatchObject(left);
});
