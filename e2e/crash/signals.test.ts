import { describe, expect, test } from 'vitest';
import type { GridSpecInput } from '../../engine/contract/grid.ts';
import { outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { regimen, writeGrid } from './cli.ts';
import { expectPromisesKept } from './kill.ts';
import { useWorkspaces } from './workspaces.ts';

/** The command line, as a user at two terminals meets it. */

/** Long enough to be interrupted anywhere. */
const GRID: GridSpecInput = {
  ...SMALL_GRID,
  hyperparameters: { random_forest: { n_estimators: [60, 61, 62] } },
};
const STARTED = 'Starting training queue';

const workspaces = useWorkspaces();

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in train', (signal) => {
  test('pauses, exits 130 and names the command that resumes, which does', async () => {
    const workspace = workspaces.create();
    const training = regimen(workspace, 'train', writeGrid(workspace, GRID));
    await training.said(STARTED);
    training.process.kill(signal);
    const { status, stderr } = await training.ended;
    expect(status).toBe(130);
    expect(stderr).toContain('Pausing: finishing what is in flight. Press Ctrl-C again to stop at once.');
    expect(stderr).toContain(`jobs resume 1 --workspace ${workspace}`);
    expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'paused', owner: null }]);
    expectPromisesKept(workspace);

    const resumed = await regimen(workspace, 'jobs', 'resume', '1').ended;
    expect(resumed.status).toBe(0);
    expectPromisesKept(workspace);
    expect(outcomeOf(workspace).ledger.cells.every((cell) => cell.state === 'completed')).toBe(true);
  });
});

test('Ctrl-C in a validation pauses it between folds; resumed, it ends with criteria and a verdict', async () => {
  const workspace = workspaces.create();
  const [symbol] = SMALL_GRID.symbols as string[];
  const [timeframe] = SMALL_GRID.timeframes as string[];
  const model = ['--model-type', 'random_forest', '--folds', '6'];
  const validating = regimen(workspace, 'validate', 'full', symbol!, timeframe!, ...model);
  await validating.said('Starting validation queue');
  validating.process.kill('SIGINT');
  const { status, stdout, stderr } = await validating.ended;
  expect(status).toBe(130);
  expect(stderr).toContain(`jobs resume 1 --workspace ${workspace}`);
  expect(stdout).toMatch(/ folds? still to compute: no verdict before\.\n$/);
  expectPromisesKept(workspace);

  const resumed = await regimen(workspace, 'jobs', 'resume', '1').ended;
  expect([0, 2]).toContain(resumed.status);
  expect(resumed.stdout).toMatch(/^Validation 1 \(full\) of .*\n/);
  expect(resumed.stdout).toMatch(/\nVerdict: /);
  const straight = workspaces.create();
  const whole = await regimen(straight, 'validate', 'full', symbol!, timeframe!, ...model).ended;
  expect(whole.status).toBe(resumed.status);
  expect(whole.stdout).toBe(resumed.stdout);
});

test.runIf(process.platform !== 'win32')(
  'a hang-up of no terminal of its own leaves a training alone',
  async () => {
    const workspace = workspaces.create();
    const training = regimen(workspace, 'train', writeGrid(workspace, GRID));
    await training.said(STARTED);
    for (let i = 0; i < 3; i++) training.process.kill('SIGHUP');
    expect((await training.ended).status).toBe(0);
    expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'completed' }]);
  },
);

test('a reader of the output that ends, as `| head` does, pauses', async () => {
  const workspace = workspaces.create();
  // That nobody reads is noticed when something is written, every five seconds: it has to train for longer.
  const slow = { ...SMALL_GRID, hyperparameters: { random_forest: { n_estimators: [3000, 3001, 3002] } } };
  const training = regimen(workspace, 'train', writeGrid(workspace, slow));
  await training.said(STARTED);
  training.process.stdout?.destroy();
  training.process.stderr?.destroy();
  expect((await training.ended).status).toBe(130);
  expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'paused', owner: null }]);
  expectPromisesKept(workspace);
});

test('a second Ctrl-C stops at once; what it cost is recovered like a crash', async () => {
  // Each configuration takes long enough for a second signal.
  const slow = {
    ...GRID,
    model_types: ['random_forest'],
    hyperparameters: { random_forest: { n_estimators: 500 } },
  };
  const workspace = workspaces.create();
  const training = regimen(workspace, 'train', writeGrid(workspace, slow));
  await training.said(STARTED);
  training.process.kill('SIGINT');
  await training.said('Pausing');
  training.process.kill('SIGINT');
  expect((await training.ended).status).toBe(130);

  const list = await regimen(workspace, 'recovery', 'list', '--json').ended;
  expect(JSON.parse(list.stdout)).toMatchObject([
    { queueId: 1, name: 'Crash test', recommendation: 'Resume to save partial progress' },
  ]);
  expectPromisesKept(workspace);
  const resuming = regimen(workspace, 'recovery', 'resume', '1');
  await resuming.said(STARTED);
  resuming.process.kill('SIGTERM');
  expect((await resuming.ended).status).toBe(130);
  expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'paused' }]);
});

test('while one process trains, a second is refused with its number; another terminal can pause it', async () => {
  const workspace = workspaces.create();
  const grid = writeGrid(workspace, {
    ...GRID,
    hyperparameters: { random_forest: { n_estimators: [500, 501, 502, 503, 504, 505] } },
  });
  const training = regimen(workspace, 'train', grid);
  await training.said(STARTED);

  const second = await regimen(workspace, 'train', grid, '--json').ended;
  expect(second.status).toBe(3);
  const { error } = JSON.parse(second.stdout) as { error: { code: string; message: string } };
  expect(error.code).toBe('workspace-busy');
  expect(second.stderr).toContain('regimen train GRID.yaml --enqueue');
  expect(error.message).toContain(`process ${training.process.pid} runs queue 1 "Crash test"`);

  // The old name of the commands.
  const pause = await regimen(workspace, 'queue', 'pause', '1').ended;
  expect(pause.status).toBe(0);
  expect((await training.ended).status).toBe(130);
  expect(outcomeOf(workspace).ledger.queues).toMatchObject([{ state: 'paused' }]);
  expectPromisesKept(workspace);
});
