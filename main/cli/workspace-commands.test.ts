import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { hourlyCsv, regimen } from './testing/command-line.ts';

let root: string;
let workspace: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-commands-'));
  workspace = join(root, 'workspace');
  mkdirSync(workspace);
});
afterEach(() => rmSync(root, { recursive: true }));

async function run(...argv: string[]) {
  const ran = await regimen([...argv, '--workspace', workspace, '--json']);
  return { status: ran.status, result: JSON.parse(ran.stdout) };
}

async function importCandles(): Promise<void> {
  const csv = join(root, 'EURUSD_H1.csv');
  writeFileSync(csv, hourlyCsv(3));
  expect((await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1')).status).toBe(0);
}

describe('config check', () => {
  it('says that all keys are fine, and opens no database', async () => {
    expect(await run('config', 'check')).toMatchObject({
      status: 0,
      result: { file: join(workspace, 'config.yaml') },
    });
    expect(readdirSync(workspace)).toEqual([]);
  });

  it('reads the names of other systems, and says what they are called here', async () => {
    const file = join(workspace, 'config.yaml');
    writeFileSync(
      file,
      `storage:
  artifacts_dir: "./artifacts"
  checkpoints_dir: "./checkpoints/training_pipeline"
  compress_old_models: false
queue:
  max_parallel_queues: 1
  auto_checkpoint_interval: 10
  max_inference_workers: 4
recovery:
  auto_resume_on_crash: false
  detect_crash_after_minutes: 5
model_management:
  delete_non_best_models: true
  keep_top_n_per_regime: 1
  min_improvement_threshold: 0.01
logging:
  level: "DEBUG"
  log_to_file: true
  max_log_size_mb: 100
`,
    );
    const { status, result } = await run('config', 'check');
    expect(status).toBe(0);
    expect(result.renamed).toEqual([
      { path: 'storage.compress_old_models', today: 'model_management.compress_old_models', line: 4 },
      { path: 'queue.max_parallel_queues', today: 'queue.max_parallel_jobs', line: 6 },
      { path: 'queue.max_inference_workers', today: 'queue.threads', line: 8 },
      {
        path: 'model_management.min_improvement_threshold',
        today: 'evaluation.min_improvement_threshold',
        line: 15,
      },
    ]);
    const plain = await regimen(['config', 'check', '--workspace', workspace]);
    expect(plain.stdout).toContain(
      'line 8: queue.max_inference_workers is read; here it is called queue.threads.',
    );
  });

  it('lists all problems at once, even beside a damaged database', async () => {
    writeFileSync(join(workspace, 'regimen.db'), 'no database');
    writeFileSync(join(workspace, 'config.yaml'), 'queue:\n  thread: 2\ntraining:\n  members: 1\n');
    const { status, result } = await run('config', 'check');
    expect(status).toBe(3);
    expect(result.error.code).toBe('config-invalid');
    expect(result.error.message).toContain('Did you mean "threads"?');
    expect(result.error.details.problems.map((p: { path: string }) => p.path)).toEqual([
      'queue.thread',
      'training.members',
    ]);
  });
});

describe('backup and restore', () => {
  it('bring the workspace back, and keep what was replaced', async () => {
    await importCandles();
    const file = join(root, 'backup.zip');
    expect(await run('backup', file)).toMatchObject({ status: 0, result: { file, files: 2 } });
    rmSync(workspace, { recursive: true });
    mkdirSync(workspace);
    expect(await run('restore', file)).toMatchObject({ status: 0, result: { files: 2 } });
    const { result } = await run('market', 'list');
    expect(result).toMatchObject([{ symbol: 'EURUSD', timeframe: 'H1' }]);
  });

  it('a restore is refused while the workspace is open', async () => {
    await importCandles();
    const file = join(root, 'backup.zip');
    await run('backup', file);
    const engine = createEngine({ workspace, role: 'command' });
    const { status, result } = await run('restore', file);
    await engine.close();
    expect(status).not.toBe(0);
    expect(result.error.code).toBe('workspace-busy');
  });

  it('an open engine restores, too, and goes on with what was restored', async () => {
    await importCandles();
    const file = join(root, 'backup.zip');
    const engine = createEngine({ workspace, role: 'command' });
    await engine.call('backup.create', { file });
    await engine.call('market.remove', { symbol: 'EURUSD', timeframe: 'H1' });
    expect(await engine.call('market.list', {})).toEqual([]);
    await engine.call('backup.restore', { file });
    expect(await engine.call('market.list', {})).toMatchObject([{ symbol: 'EURUSD' }]);
    await engine.close();
    expect(readdirSync(workspace).filter((name) => name.startsWith('replaced-'))).toHaveLength(1);
  });

  it('a backup that is damaged changes nothing', async () => {
    await importCandles();
    const file = join(root, 'backup.zip');
    writeFileSync(file, 'no archive');
    const { status, result } = await run('restore', file);
    expect(status).toBe(3);
    expect(result.error.code).toBe('artifact-damaged');
    expect(existsSync(join(workspace, 'regimen.db'))).toBe(true);
  });
});

describe('cleanup', () => {
  it('counts in a dry run what it would do; what it can not prove to be its own it leaves, and says so', async () => {
    await importCandles();
    const folder = join(workspace, 'artifacts');
    const orphan = join(folder, 'ridge_EURUSD_H1_01234567-89ab-8def-8123-456789abcdef.model');
    mkdirSync(folder);
    writeFileSync(orphan, 'left by a crash');
    const looked = await regimen(['champions', '--workspace', workspace]);
    expect(looked.stderr).toMatch(
      /1 file of models or candles, the first .*\.model, is named by nothing in this database/,
    );
    expect(await run('cleanup')).toMatchObject({ status: 0, result: { orphans: 0, left: 1 } });

    const grid = join(root, 'grid.yaml');
    const one = {
      model_types: ['ridge'],
      symbols: ['EURUSD'],
      timeframes: ['H1'],
      days_history: [5],
      horizons: [1],
    };
    writeFileSync(grid, JSON.stringify(one));
    writeFileSync(join(workspace, 'config.yaml'), 'evaluation: {holdout_days: 3, selection_days: 10}\n');
    const csv = join(root, 'EURUSD_H1.csv');
    writeFileSync(csv, hourlyCsv(120));
    await run('market', 'import', csv, '--symbol', 'EURUSD', '--timeframe', 'H1');
    expect(await run('train', grid)).toMatchObject({ status: 0, result: { completed: 1 } });
    // It was there before the folder was this workspace's; what comes later is.
    expect(existsSync(orphan)).toBe(true);
    const later = orphan.replace('ridge', 'lasso');
    writeFileSync(later, 'left by a crash');
    const dry = await run('cleanup', '--dry-run');
    expect(dry).toMatchObject({ status: 0, result: { dryRun: true, orphans: 1, left: 0 } });
    expect(existsSync(later)).toBe(true);
    expect(await run('cleanup')).toMatchObject({ result: { dryRun: false, orphans: 1 } });
    expect(existsSync(later)).toBe(false);
    expect(readdirSync(join(folder, 'orphans'))).toHaveLength(2);
  });

  it('refuses a number of days that is none', async () => {
    expect(await run('cleanup', '--days', 'many')).toMatchObject({
      status: 3,
      result: { error: { code: 'invalid-input' } },
    });
  });
});
