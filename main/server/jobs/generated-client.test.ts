import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../../engine/app.ts';
import { hourlyCsv } from '../../host/testing/hourly-csv.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';

/** A client that is generated from the document of a real server process, as programs of others make theirs: it compiles, and it works. */

const PROGRAM = readFileSync(join(import.meta.dirname, '../testing/client-program.txt'), 'utf8');

let folder: string;
let token: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-client-'));
  const workspace = join(folder, 'workspace');
  const engine = createEngine({ workspace, role: 'command', home: workspace });
  const file = join(folder, 'EURUSD.csv');
  writeFileSync(file, hourlyCsv(800));
  await engine.call('market.import', { file, symbol: 'EURUSD', timeframe: 'H1', timezone: 'UTC' });
  token = (await engine.call('token.create', { name: 'test' })).token;
  await engine.close();
  const program = 'main/server/testing/api-server.ts';
  server = await startServerProcess(workspace, { REGIMEN_HOME: workspace }, program);
  const input = (await (await fetch(`${server.origin}/api/v1/openapi.json`)).json()) as object;
  await createClient({
    input: input as never,
    output: join(folder, 'client'),
    plugins: ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'],
    logs: { level: 'silent' },
  });
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('it and a program on it have the types that the document says, and no others', () => {
  const wrong = join(folder, 'wrong.ts');
  writeFileSync(
    wrong,
    "import { submitJob } from './client';\nvoid submitJob({ body: { kind: 'dance' } });\n",
  );
  const problemsOf = (file: string) => {
    const program = ts.createProgram([file], {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: [],
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
  expect(problemsOf(join(folder, 'program.ts'))).toEqual([]);
  expect(problemsOf(wrong).join('\n')).toContain('dance');
}, 60_000);

interface Program {
  work(
    origin: string,
    token: string,
  ): Promise<{
    readonly submitted: { readonly job_id: string; readonly status: string };
    readonly events: readonly { readonly job_id: string; readonly status: string }[];
    readonly listed: readonly string[];
    readonly ended: { readonly status: string; readonly kind: string; readonly model_version: string | null };
    readonly cancelled: string;
    readonly refusals: readonly (number | undefined)[];
  }>;
}

test('it submits a job, follows it, lists and cancels, and reads which version came of it', async () => {
  const { work } = (await import(
    /* @vite-ignore */ pathToFileURL(join(folder, 'program.ts')).href
  )) as Program;
  const { submitted, events, listed, ended, cancelled, refusals } = await work(server.origin, token);
  expect(submitted.status).toBe('pending');
  expect(events.length).toBeGreaterThan(1);
  expect(new Set(events.map(({ job_id }) => job_id))).toEqual(new Set([submitted.job_id]));
  expect(events.at(-1)!.status).toBe('completed');
  expect(listed).toContain(submitted.job_id);
  expect(ended).toMatchObject({
    kind: 'production',
    status: 'completed',
    model_version: expect.stringMatching(/^\d{8}_\d{6}$/),
  });
  expect(cancelled).toBe('cancelled');
  // Without a token, and of what is not there.
  expect(refusals).toEqual([401, 404]);
}, 180_000);
