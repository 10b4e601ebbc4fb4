import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outcomeOf, SMALL_GRID } from '../../engine/testing/workspace.ts';
import { regimen, regimenWith, writeGrid } from './cli.ts';
import { environmentOf } from './host-process.ts';
import { expectPromisesKept } from './kill.ts';
import { useUninterrupted, useWorkspaces } from './workspaces.ts';

/** An error that nobody catches is a defect: it is said, logged, and costs nothing but what was in flight. */

const workspaces = useWorkspaces();
const uninterrupted = useUninterrupted(workspaces);
const LINE = 'Regimen ends: a promise broken (a defect of Regimen, not of your input)';

test.each(['an exception that nobody catches', 'a rejection that nobody catches'] as const)(
  '%s ends a training with one line, the log, exit status 1 and a paused queue',
  async (fault) => {
    const workspace = workspaces.create();
    const grid = writeGrid(workspace, SMALL_GRID);
    const { status, stdout, stderr } = await regimenWith(
      environmentOf(fault),
      workspace,
      'train',
      grid,
      '--json',
    ).ended;
    expect(status).toBe(1);
    expect(stderr.split('\n').filter((line) => line.startsWith('error:'))).toEqual([`error: ${LINE}`]);
    expect(stderr).not.toContain('    at ');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'internal', message: LINE } });
    const log = readFileSync(join(workspace, 'logs/training_pipeline.log'), 'utf8').split('\n');
    const logged = log.filter((line) => line.includes(LINE));
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0]!)).toMatchObject({
      level: 'ERROR',
      stack: expect.stringContaining('faults.ts'),
    });
    expect(outcomeOf(workspace).ledger.queues).toMatchObject([
      { state: 'paused', owner: null, message: 'Paused when Regimen met an error; the log says which.' },
    ]);
    expectPromisesKept(workspace);

    expect((await regimen(workspace, 'jobs', 'resume', '1').ended).status).toBe(0);
    expect(outcomeOf(workspace)).toEqual(uninterrupted.outcome);
  },
);
