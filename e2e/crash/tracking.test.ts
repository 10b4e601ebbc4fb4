import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import { hasPeers } from '../../engine/testing/peers.ts';
import { RIDGE, search } from '../../engine/testing/searches.ts';
import { SMALL_GRID } from '../../engine/testing/workspace.ts';
import { regimenWith, writeGrid } from './cli.ts';
import { createMlflowServer, type MlflowServer, type ShownRun } from './mlflow-server.ts';
import { useWorkspaces } from './workspaces.ts';

/**
 * A real MLflow server that is killed while it is told, by processes that are killed while they tell it: in the end its page shows what
 * the workspace has, each thing once.
 */

const DOWN = { status: 3, stderr: expect.stringContaining("can't be told") } as const;
const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const workspaces = useWorkspaces();

describe.skipIf(!hasPeers())('MLflow', () => {
  let server: MlflowServer;
  let workspace: string;
  /** Of the workspace, opened without tracking. */
  let call: Engine['call'];
  let shown: ShownRun[];

  const regimen = (...argv: string[]) =>
    regimenWith({ MLFLOW_TRACKING_URI: server.uri, MLFLOW_EXPERIMENT_NAME: 'crash' }, workspace, ...argv);
  const runs = () => server.runs('crash');

  async function untilShown(count: number): Promise<void> {
    for (let found = 0, looks = 0; found < count; looks++) {
      if (looks > 900) throw new Error(`Waited for ${count} runs, found ${found}.`);
      await delay(100);
      found = (await runs()).length;
    }
  }

  beforeAll(async () => {
    workspace = workspaces.create();
    server = await createMlflowServer();
    await server.start();

    const training = regimen('train', writeGrid(workspace, SMALL_GRID));
    await Promise.race([untilShown(2), training.ended]);
    await server.kill();
    expect(await training.ended).toMatchObject({ status: 0 });

    // What came while nobody could be told.
    const offline = createEngine({ workspace, role: 'command', env: {} });
    await search(offline, { ...RIDGE, trials: 3 });
    const { version } = await offline.call('production.register', { run: '1' });
    await offline.call('production.promote', { ...PLACE, version, minVerdict: 'none' });
    await offline.call('production.rollback', { ...PLACE, version });
    await offline.close();

    const toNobody = regimen('tracking', 'send');
    expect(await toNobody.ended).toMatchObject(DOWN);
    await server.start();
    const { length } = await runs();
    const killed = regimen('tracking', 'send');
    await untilShown(length + 5);
    killed.process.kill('SIGKILL');
    await killed.ended;
    const cutOff = regimen('tracking', 'send');
    await untilShown(length + 12);
    await server.kill();
    expect(await cutOff.ended).toMatchObject(DOWN);
    await server.start();
    const last = regimen('tracking', 'send');
    expect(await last.ended).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Waits       nothing'),
    });

    shown = await runs();
    const engine = createEngine({ workspace, role: 'command', env: {} });
    call = engine.call;
    return () => engine.close();
  }, 400_000);
  afterAll(() => server?.remove());

  const ofKind = (kind: string) => shown.filter(({ tags }) => tags['regimen.kind'] === kind);

  test('shows each thing once', async () => {
    const keys = shown.map(({ tags }) => tags['regimen.key']);
    expect(keys.sort()).toEqual([...new Set(keys)].sort());
    const { total } = await call('history.search', { limit: 1 });
    const jobs = await call('jobs.list', {});
    const [found] = await call('search.list', {});
    const validations = await call('validation.list', {});
    const { entries } = await call('production.journal', {});
    expect(
      Object.fromEntries(
        ['model', 'job', 'trial', 'validation', 'gate', 'version'].map((kind) => [kind, ofKind(kind).length]),
      ),
    ).toEqual({
      model: total,
      job: jobs.length,
      trial: found!.trials.length,
      validation: validations.length,
      gate: entries.filter(({ gate }) => gate !== null).length,
      version: 1,
    });
    // Whatever was interrupted has its end.
    expect(new Set(shown.map(({ status }) => status))).toEqual(new Set(['FINISHED']));
  });

  test('shows the figures of the workspace', async () => {
    const { runs: history } = await call('history.search', { limit: 500 });
    for (const { uuid, rmse, rankIc, sharpe, trades, modelType } of history) {
      const { metrics, params } = ofKind('model').find(({ tags }) => tags['regimen.run'] === uuid)!;
      expect(params.model_type).toBe(modelType);
      expect(metrics).toMatchObject({ rmse, rank_ic: rankIc });
      expect([metrics.best_sharpe ?? null, metrics.best_trades ?? null]).toEqual([sharpe, trades]);
    }
    for (const { id, stitched, average } of await call('validation.list', {})) {
      const { metrics } = ofKind('validation').find(({ tags }) => tags['regimen.validation'] === String(id))!;
      expect(metrics.oos_sharpe ?? null).toBe(stitched.sharpe);
      expect(metrics.spearman ?? null).toBe(average.spearman?.value ?? null);
    }
  });

  test('has the version, and the alias that says it is in production', async () => {
    const [{ name, production } = { name: '', production: '' }] = await call('production.list', {});
    const answer = await fetch(
      `${server.uri}/api/2.0/mlflow/registered-models/get?name=${encodeURIComponent(name)}`,
    );
    const { registered_model: model } = (await answer.json()) as {
      registered_model: {
        aliases: { alias: string; version: string }[];
        latest_versions: { version: string; source: string; tags: { key: string; value: string }[] }[];
      };
    };
    expect(model.aliases).toEqual([{ alias: 'production', version: '1' }]);
    expect(model.latest_versions[0]!.tags).toContainEqual({ key: 'regimen.version', value: production });
    const [version] = ofKind('version');
    const files = await fetch(`${server.uri}/api/2.0/mlflow/artifacts/list?run_id=${version!.id}&path=model`);
    const { files: listed } = (await files.json()) as { files: { path: string; file_size: number }[] };
    const { versions } = (await call('production.list', {}))[0]!;
    expect(listed).toContainEqual(
      expect.objectContaining({ path: `model/model_${production}.bin`, file_size: versions[0]!.bytes }),
    );
  });
});
