import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EngineEvent } from '../contract/events.ts';
import { type Engine, TEST_TIME, train, useEngines } from './engines.ts';
import { TWELVE } from './workspace.ts';

const { createWorkspace, open, close } = useEngines();
const DAY = 86_400_000;
/** The candles of the workspaces here were imported by the clock of the computer. */
const imported = () => Date.now();

const GRID = { ...TWELVE, model_types: ['ridge'], days_history: [60], horizons: [3] };

async function trained(): Promise<{ workspace: string; model: string }> {
  const workspace = createWorkspace();
  const engine = open(workspace);
  await train(engine, GRID);
  await close(engine);
  const artifacts = join(workspace, 'artifacts');
  const name = readdirSync(artifacts).find((file) => file.endsWith('.model'))!;
  return { workspace, model: join(artifacts, name) };
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(file, bytes);
}

/** Its host's engine at a time, and what it said. */
function hostAt(workspace: string, at: number): { engine: Engine; said: EngineEvent[] } {
  const engine = open(workspace, { role: 'host', now: () => at });
  const said: EngineEvent[] = [];
  engine.subscribe((event) => said.push(event));
  return { engine, said };
}

test('a window or server verifies by itself once a week, keeps the result and says what is wrong', async () => {
  const { workspace, model } = await trained();
  const first = imported();
  const early = hostAt(workspace, first + 6 * DAY);
  expect(await early.engine.call('verify.last', {})).toBeNull();
  await close(early.engine);
  expect(readdirSync(workspace)).not.toContain('verified.json');

  const due = first + 8 * DAY;
  const weekly = hostAt(workspace, due);
  await vi.waitFor(
    async () => {
      expect(await weekly.engine.call('verify.last', {})).toMatchObject({
        at: new Date(due).toISOString(),
        counts: { database: 1, models: 1 },
        problems: [],
      });
    },
    { timeout: 20_000 },
  );
  expect(weekly.said).toContainEqual({ type: 'workspace.changed', what: 'verified' });
  await close(weekly.engine);

  damage(model);
  const before = hostAt(workspace, due + 6 * DAY);
  expect(await before.engine.call('verify.last', {})).toMatchObject({ problems: [] });
  await close(before.engine);

  const next = hostAt(workspace, due + 7 * DAY);
  await vi.waitFor(
    async () => {
      expect(await next.engine.call('verify.last', {})).toMatchObject({
        at: new Date(due + 7 * DAY).toISOString(),
        problems: [{ kind: 'models', path: model }],
      });
    },
    { timeout: 20_000 },
  );
  const lines = await next.engine.call('feed.recent', {});
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toContainEqual(
    expect.stringMatching(
      /^warn Verified, and not all is as it was written \(1\): .*\.model.* It can be had from: regimen queue resume --checkpoint /,
    ),
  );
  await close(next.engine);
  expect(readFileSync(join(workspace, 'logs', 'training_pipeline.log'), 'utf8')).toContain(
    'not all is as it was written (1)',
  );
});

test('what is asked for is kept as well, others are answered meanwhile, and once at a time is enough', async () => {
  const { workspace, model } = await trained();
  const { engine } = hostAt(workspace, TEST_TIME);
  const both = Promise.all([engine.call('verify.record', {}), engine.call('verify.record', {})]);
  let isDone = false;
  void both.then(() => {
    isDone = true;
  });
  expect(await engine.call('queue.list', {})).toHaveLength(1);
  expect(isDone).toBe(false);
  const [one, other] = await both;
  expect(one).toBe(other);
  expect(one.problems).toEqual([]);
  expect(await engine.call('verify.last', {})).toEqual(one);

  rmSync(model);
  expect((await engine.call('verify.record', {})).problems).toMatchObject([{ kind: 'models' }]);
  // Looking alone keeps nothing.
  const kept = readFileSync(join(workspace, 'verified.json'), 'utf8');
  expect((await engine.call('verify.run', {})).problems).toHaveLength(1);
  expect(readFileSync(join(workspace, 'verified.json'), 'utf8')).toBe(kept);

  // One that is no longer what was written is not believed, and written anew by the next.
  writeFileSync(join(workspace, 'verified.json'), kept.replace('"models":', '"models":1'));
  await expect(engine.call('verify.last', {})).rejects.toMatchObject({ code: 'artifact-damaged' });
  const again = await engine.call('verify.record', {});
  expect(await engine.call('verify.last', {})).toEqual(again);
});

test('a workspace that is closed meanwhile is closed at once, and nothing is kept', async () => {
  const { workspace } = await trained();
  const { engine } = hostAt(workspace, TEST_TIME);
  const asked = engine.call('verify.record', {});
  const refused = expect(asked).rejects.toMatchObject({ code: 'conflict' });
  await close(engine);
  await refused;
  expect(readdirSync(workspace)).not.toContain('verified.json');
});
