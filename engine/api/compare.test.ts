import { expect, test } from 'vitest';
import { train, useEngines } from '../testing/engines.ts';
import { TWELVE } from '../testing/workspace.ts';

const { createWorkspace, open } = useEngines();

test('runs and champions are compared, and those whose model is kept are followed', async () => {
  const engine = open(createWorkspace());
  await train(engine, TWELVE);
  const { call } = engine;
  const [champion] = await call('champions.list', {});
  const deleted = (await call('history.search', { kept: false, limit: 1 })).runs[0]!;
  const kept = (await call('history.search', { kept: true, limit: 1 })).runs[0]!;

  const of = [String(deleted.id), kept.uuid, champion!.champion];
  const { subjects, rows, curve } = await call('compare.show', { of });
  expect(subjects.map(({ kind }) => kind)).toEqual(['run', 'run', 'champion']);
  expect(subjects[0]!.missing).toMatch(/model/);
  expect(subjects.slice(1).map(({ missing }) => missing)).toEqual([null, null]);
  const sharpe = rows.find(({ key, group }) => key === 'sharpe' && group === 'Figures')!;
  expect(sharpe.values).toEqual([deleted.sharpe, kept.sharpe, champion!.sharpe]);
  expect(curve.equity[0]!.every((value) => value === null)).toBe(true);

  // The curve ends where the champion's return says.
  const last = curve.equity[2]!.findLast((value) => value !== null)!;
  expect(last - 1).toBeCloseTo(champion!.totalReturn!, 6);

  expect((await call('compare.show', { of, curves: false })).curve.days).toEqual([]);
  await expect(call('compare.show', { of: ['1', 'EURUSD H1@20200101_000000'] })).rejects.toThrow(
    /There is no version "20200101_000000" of "EURUSD H1"\. Nothing is in the registry yet\./,
  );
  await expect(call('compare.show', { of: ['1'] })).rejects.toThrow(/it takes two to compare/);
});
