import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ValidationDto } from '../contract/dto/index.ts';
import { decodeModelFile } from '../models/codec.ts';
import { type Engine, stateOf, train, useEngines } from '../testing/engines.ts';

/** Full ends with a model of all there is, whose file belongs to the validation. */

const { createWorkspace, open, close } = useEngines();

const SUBJECT = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' } as const;
const FULL = { subject: SUBJECT, scheme: 'full', folds: 2 } as const;
const DAY = 86_400_000;

async function validate(engine: Engine, input: Parameters<Engine['call']>[1]): Promise<ValidationDto> {
  const { queueId } = await engine.call('validation.create', input as typeof FULL);
  await train(engine, queueId);
  expect(await stateOf(engine, queueId)).toBe('completed');
  return (await engine.call('validation.list', { queueId })).at(-1)!;
}

const modelsIn = (workspace: string) =>
  readdirSync(join(workspace, 'artifacts')).filter((name) => name.endsWith('.model'));

test('it learns from all bars but the last that rolling values look back on and whose outcomes are not known', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const { refit, folds, storedBytes } = await validate(engine, FULL);
  expect(storedBytes).toBeGreaterThan(refit!.bytes + 100);
  const [job] = await engine.call('jobs.list', { kind: 'walk_forward' });
  expect(job!.disk_bytes).toBe(storedBytes);
  expect(refit).toMatchObject({
    error: null,
    file: expect.stringMatching(/^ridge_DEMO_EURUSD_H4_.*\.model$/),
  });
  const { file, bytes, train: window, asOf } = refit!;
  expect(modelsIn(workspace)).toEqual([file]);
  const stored = readFileSync(join(workspace, 'artifacts', file!));
  expect(stored.length).toBe(bytes);
  expect(decodeModelFile(stored, file!).configuration).toMatchObject({
    modelType: 'ridge',
    daysHistory: 120,
  });
  // Later than any fold, which end where the holdout begins, and 100 bars of four hours before the end.
  expect(Date.parse(window.to)).toBeGreaterThan(Date.parse(folds.at(-1)!.test.to));
  const behind = (Date.parse(asOf) - Date.parse(window.to)) / DAY;
  expect(behind).toBeGreaterThan((100 * 4) / 24);
  expect(behind).toBeLessThan((100 * 4) / 24 + 10);
  expect(window.bars).toBeGreaterThan(folds.at(-1)!.train.bars);

  // What puts the workspace in order leaves it, and what verifies it reads it.
  await engine.call('cleanup.run', {});
  expect(modelsIn(workspace)).toEqual([file]);
  expect((await engine.call('verify.run', {})).problems).toEqual([]);
  await close(engine);
  const again = open(workspace);
  const [shown] = await again.call('validation.list', {});
  expect(shown!.refit).toEqual(refit);
  expect(modelsIn(workspace)).toEqual([file]);
});

test('validated again, the newer one takes its place; quick and grids have none', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  const first = await validate(engine, FULL);
  const bytes = readFileSync(join(workspace, 'artifacts', first.refit!.file!));
  const second = await validate(engine, FULL);
  expect(modelsIn(workspace)).toEqual([second.refit!.file]);
  expect(second.refit!.file).not.toBe(first.refit!.file);
  expect(readFileSync(join(workspace, 'artifacts', second.refit!.file!)).equals(bytes)).toBe(true);
  expect((await engine.call('validation.get', { id: first.id })).refit).toBeNull();

  expect((await validate(engine, { ...FULL, scheme: 'quick' })).refit).toBeNull();
  const grid = {
    model_types: ['ridge'],
    symbols: ['DEMO_EURUSD'],
    timeframes: ['H4'],
    days_history: [60],
    horizons: [3],
  };
  expect((await validate(engine, { subject: { grid }, scheme: 'own', folds: 1 })).refit).toBeNull();
  expect(modelsIn(workspace)).toHaveLength(1);
});
