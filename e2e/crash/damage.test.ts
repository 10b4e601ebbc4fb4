import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { computeTables } from '../../engine/testing/engines.ts';
import { outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { startHost } from './host-process.ts';
import { finish } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);

const DAMAGES: [how: string, damage: (file: string) => void][] = [
  ['truncated', (file) => truncateSync(file, Math.floor(readFileSync(file).length * 0.6))],
  [
    'with one bit flipped',
    (file) => {
      const bytes = readFileSync(file);
      bytes[Math.floor(bytes.length * 0.55)]! ^= 0x10;
      writeFileSync(file, bytes);
    },
  ],
];

function only(folder: string, ending: string): string {
  const [name] = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort();
  return join(folder, name!);
}

async function withEngine<T>(workspace: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine({ workspace, role: 'command', threads: 2 });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'no error',
    (error: EngineError) => error.code,
  );

describe('a candle file', () => {
  test.each(DAMAGES)(
    '%s is refused by name before anything is trained; whole again, the queue completes',
    async (_how, damage) => {
      const workspace = workspaces.create();
      const file = only(join(workspace, 'candles'), '.candles');
      copyFileSync(file, `${file}.saved`);
      damage(file);
      await withEngine(workspace, async (engine) => {
        const attempt = engine.call('queue.create', { grid: SMALL_GRID });
        await expect(attempt).rejects.toMatchObject({ code: 'artifact-damaged' });
        await expect(attempt).rejects.toThrow(/is damaged: .* import the market data again/);
        expect(await engine.call('queue.list', {})).toEqual([]);
      });
      copyFileSync(`${file}.saved`, file);
      rmSync(`${file}.saved`);
      await uninterrupted.expectSameEnd(workspace);
    },
  );
});

describe('a candle file damaged while its queue was paused', () => {
  test.each(DAMAGES)(
    '%s fails the queue with the reason; whole again, it completes',
    async (_how, damage) => {
      const workspace = workspaces.create();
      const host = startHost(workspace, SMALL_GRID);
      await host.reported('progress');
      host.process.kill('SIGKILL');
      await host.ended;
      const file = only(join(workspace, 'candles'), '.candles');
      copyFileSync(file, `${file}.saved`);
      damage(file);
      const again = startHost(workspace, SMALL_GRID);
      expect(await again.ended).toBe(1);
      expect(again.reports.at(-1)).toMatchObject({ type: 'error', code: 'artifact-damaged' });
      copyFileSync(`${file}.saved`, file);
      rmSync(`${file}.saved`);
      await uninterrupted.expectSameEnd(workspace);
    },
  );
});

describe('a model file', () => {
  test.each(DAMAGES)(
    '%s is said to be damaged when it is used, and stops nothing else',
    async (_how, damage) => {
      const workspace = workspaces.create();
      await finish(workspace, SMALL_GRID);
      damage(only(join(workspace, 'artifacts'), '.model'));
      await withEngine(workspace, async (engine) => {
        const verdicts = [];
        for (const { runId } of await engine.call('champions.list', {})) {
          verdicts.push(await codeOf(engine.call('run.trace', { run: runId, strategyIndex: 0 })));
        }
        expect(verdicts).toContain('artifact-damaged');
        expect(verdicts).toContain('no error');
      });
    },
  );
});

describe('a checkpoint', () => {
  test('cut off is what it was when that was its end', async () => {
    const file = join(workspaces.create(), 'checkpoint.json');
    copyFileSync(only(join(uninterrupted.folder, 'checkpoints', 'training_pipeline'), '.json'), file);
    truncateSync(file, readFileSync(file).length - 1);
    const workspace = workspaces.create();
    await withEngine(workspace, async (engine) => {
      const { id } = await engine.call('queue.resume', { checkpoint: file });
      expect(await engine.call('queue.wait', { queueId: id })).toMatchObject({ state: 'completed' });
      // Tables of strategies are in no checkpoint.
      expect(outcomeOf(workspace).ledger).not.toEqual(uninterrupted.outcome.ledger);
      await computeTables(engine);
    });
    expect(outcomeOf(workspace).ledger).toEqual(uninterrupted.outcome.ledger);
  });

  test.each(DAMAGES.slice(1))('%s is refused, and nothing in the workspace changes', async (_how, damage) => {
    const folder = join(uninterrupted.folder, 'checkpoints', 'training_pipeline');
    const file = join(workspaces.create(), 'checkpoint.json');
    copyFileSync(only(folder, '.json'), file);
    damage(file);
    await withEngine(uninterrupted.folder, (engine) =>
      expect(engine.call('queue.resume', { checkpoint: file })).rejects.toMatchObject({
        code: 'artifact-damaged',
      }),
    );
    expect(outcomeOf(uninterrupted.folder)).toEqual(uninterrupted.outcome);
  });

  test('alone brings a killed queue back when database and models are lost, to the same end', async () => {
    const killed = workspaces.create();
    const host = startHost(killed, SMALL_GRID);
    while (!host.reports.some((report) => report.type === 'feed' && report.message === 'Checkpoint saved')) {
      await Promise.race([host.reported('ended'), new Promise((resolve) => setTimeout(resolve, 1))]);
    }
    host.process.kill('SIGKILL');
    await host.ended;

    // A new workspace with the same market, and nothing but the checkpoint of the old one.
    const workspace = workspaces.create();
    const file = only(join(killed, 'checkpoints', 'training_pipeline'), '.json');
    await withEngine(workspace, async (engine) => {
      const { id, completed } = await engine.call('queue.resume', { checkpoint: file });
      expect(completed).toBeGreaterThan(0);
      expect(await engine.call('queue.wait', { queueId: id })).toMatchObject({
        state: 'completed',
        completed: 24,
      });
      const { kept, deleted } = await computeTables(engine);
      expect(kept + deleted).toBe(completed);
    });
    const { ledger, artifacts } = outcomeOf(workspace);
    expect(artifacts).toEqual(uninterrupted.outcome.artifacts);
    expect(ledger).toEqual(uninterrupted.outcome.ledger);
  });
});

describe('a database', () => {
  let workspace: string;
  let file: string;
  let backup: string;

  beforeEach(async () => {
    workspace = workspaces.copyOf(uninterrupted.folder);
    file = join(workspace, 'regimen.db');
    mkdirSync(join(workspace, 'backups'), { recursive: true });
    backup = join(workspace, 'backups', 'before.zip');
    await withEngine(workspace, (engine) => engine.call('backup.create', { file: backup }));
  });

  const digest = () => createHash('sha256').update(readFileSync(file)).digest('hex');

  const DATABASE_DAMAGES: [how: string, damage: () => void][] = [
    ['truncated', () => truncateSync(file, Math.floor(readFileSync(file).length * 0.6))],
    [
      'with a page overwritten',
      () => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 3 * 4096, 4 * 4096);
        writeFileSync(file, bytes);
      },
    ],
    ['that is no database at all', () => writeFileSync(file, 'once upon a time')],
  ];

  test.each(DATABASE_DAMAGES)(
    '%s is refused, says how to restore it, and is not written to',
    async (_how, damage) => {
      damage();
      const before = digest();
      for (const role of ['command', 'host'] as const) {
        let refusal: EngineError | undefined;
        try {
          createEngine({ workspace, role });
        } catch (error) {
          refusal = error as EngineError;
        }
        expect(refusal).toMatchObject({ code: 'store-damaged' });
        expect(refusal!.message).toMatch(/is damaged .*Nothing was written to it\..*(backup|restore)/s);
      }
      expect(digest()).toBe(before);
    },
  );
});
