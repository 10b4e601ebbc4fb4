import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { peersPython } from '../../engine/testing/peers.ts';

/** A real MLflow server on a folder of its own, which outlives its processes. */
export interface MlflowServer {
  readonly uri: string;
  start(): Promise<void>;
  /** With all that it started. */
  kill(): Promise<void>;
  /** Every run of an experiment that its page lists, as the page asks for them. */
  runs(experiment: string): Promise<ShownRun[]>;
  remove(): Promise<void>;
}

export interface ShownRun {
  readonly id: string;
  readonly status: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

type Pairs<T> = readonly { readonly key: string; readonly value: T }[];
const record = <T>(pairs: Pairs<T> = []): Record<string, T> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

const START_MS = 120_000;

export async function createMlflowServer(): Promise<MlflowServer> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-mlflow-'));
  const port = await freePort();
  const uri = `http://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  async function kill(): Promise<void> {
    if (server?.pid === undefined) return;
    const ended = new Promise((resolve) => server!.once('close', resolve));
    // Its workers are processes of their own.
    process.kill(-server.pid, 'SIGKILL');
    await ended;
    server = undefined;
  }

  async function ask<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`${uri}/ajax-api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }

  return {
    uri,
    kill,
    async start() {
      const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
      const files = ['--artifacts-destination', join(folder, 'artifacts')];
      const where = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
      server = spawn(peersPython(), ['-m', 'mlflow', 'server', ...where, ...store, ...files], {
        cwd: folder,
        detached: true,
        stdio: 'ignore',
        // A dozen processes of jobs that nothing here is about.
        env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
      });
      for (const begin = performance.now(); performance.now() - begin < START_MS; await delay(200)) {
        if ((await fetch(`${uri}/health`).catch(() => undefined))?.ok) return;
      }
      throw new Error('MLflow has not started.');
    },
    async runs(experiment) {
      const found = await fetch(
        `${uri}/ajax-api/2.0/mlflow/experiments/get-by-name?experiment_name=${experiment}`,
      );
      if (!found.ok) return [];
      const { experiment: one } = (await found.json()) as { experiment: { experiment_id: string } };
      const { runs = [] } = await ask<{
        runs?: {
          info: { run_id: string; status: string };
          data: { metrics?: Pairs<number>; params?: Pairs<string>; tags?: Pairs<string> };
        }[];
      }>('runs/search', { experiment_ids: [one.experiment_id], max_results: 1000 });
      return runs.map(({ info, data }) => ({
        id: info.run_id,
        status: info.status,
        metrics: record(data.metrics),
        params: record(data.params),
        tags: record(data.tags),
      }));
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
