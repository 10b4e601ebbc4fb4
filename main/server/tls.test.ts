import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/app.ts';
import { type ServerProcess, startServerProcess } from './testing/server-process.ts';

/** A real server process at an address that others reach: it speaks HTTPS, under the names of its certificate, or does not start. */

const API_SERVER = 'main/server/testing/api-server.ts';
const SERVER = join(import.meta.dirname, '../launch/server.mjs');

let folder: string;
let workspace: string;
let token: string;
/** PEM files. */
const files = { cert: '', key: '' };
let ca: string;

async function certificate(names: boolean): Promise<{ readonly cert: string; readonly private: string }> {
  return await generate([{ name: 'commonName', value: 'regimen.test' }], {
    keyType: 'ec',
    extensions: names
      ? [
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
            ],
          },
        ]
      : [{ name: 'basicConstraints', cA: false }],
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-tls-'));
  workspace = join(folder, 'workspace');
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const named = await certificate(true);
  ca = named.cert;
  files.cert = write('cert.pem', named.cert);
  files.key = write('key.pem', named.private);
  const engine = createEngine({ workspace, role: 'command', home: workspace });
  token = (await engine.call('token.create', { name: 'test' })).token;
  await engine.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('with a certificate', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    const options = ['--host', '0.0.0.0', '--cert', files.cert, '--key', files.key];
    server = await startServerProcess(workspace, { REGIMEN_HOME: workspace }, API_SERVER, options);
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
  });

  interface Asked {
    readonly headers?: Readonly<Record<string, string>>;
    readonly trusts?: boolean;
    readonly host?: string;
  }

  function ask({
    headers = { authorization: `Bearer ${token}` },
    trusts = true,
    host = 'localhost',
  }: Asked = {}) {
    const { port } = new URL(server.origin);
    return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const name = host === 'localhost' && { servername: host };
      const options = { host, ...name, port, path: '/api/v1/jobs', headers, ...(trusts && { ca }) };
      const sent = request(options, (answer) => {
        let text = '';
        answer.on('data', (data: Buffer) => {
          text += data.toString('utf8');
        });
        answer.on('end', () => resolve({ status: answer.statusCode!, text }));
      });
      sent.on('error', reject).end();
    });
  }

  test('its link is one of HTTPS, under the first name of the certificate', () => {
    expect(server.origin).toMatch(/^https:\/\/localhost:\d+$/);
  });

  test('whoever trusts the certificate is answered, by name and by address, with a token and not without', async () => {
    expect(await ask()).toMatchObject({ status: 200, text: expect.stringContaining('"jobs":[]') });
    expect((await ask({ host: '127.0.0.1' })).status).toBe(200);
    expect((await ask({ headers: {} })).status).toBe(401);
    expect((await ask({ headers: { authorization: `Bearer ${'0'.repeat(64)}` } })).status).toBe(401);
  });

  test('nobody else has to believe it', async () => {
    await expect(ask({ trusts: false })).rejects.toThrow(/self-signed certificate/);
  });

  test('a name that is not in the certificate is refused', async () => {
    const headers = { authorization: `Bearer ${token}`, host: 'evil.example' };
    const { status, text } = await ask({ headers });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('"jobs":');
  });

  test('a token that is sent in the clear gets no answer', async () => {
    const { port } = new URL(server.origin);
    const answered = await new Promise<boolean>((resolve) => {
      plainRequest({ port, path: '/api/v1/jobs', headers: { authorization: `Bearer ${token}` } }, () =>
        resolve(true),
      )
        .on('error', () => resolve(false))
        .end();
    });
    expect(answered).toBe(false);
  });
});

describe('does not start', () => {
  const start = (...options: string[]) =>
    spawnSync(process.execPath, [SERVER, '--workspace', workspace, '--port', '0', ...options], {
      encoding: 'utf8',
      env: { ...process.env, REGIMEN_HOME: workspace },
      timeout: 60_000,
    });

  test('at another address than this machine’s own without a certificate', () => {
    for (const host of ['0.0.0.0', '::']) {
      const { status, stdout, stderr } = start('--host', host);
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
      expect(stderr).toContain(`--host ${host} would send tokens in the clear: give --cert and --key`);
    }
  }, 120_000);

  test('with half of one, with the key of another, and with one that has no names', async () => {
    const other = await certificate(false);
    const [nameless, itsKey] = [join(folder, 'nameless.pem'), join(folder, 'nameless-key.pem')];
    writeFileSync(nameless, other.cert);
    writeFileSync(itsKey, other.private);
    const host = ['--host', '0.0.0.0'];
    expect(start(...host, '--cert', files.cert).stderr).toContain('needs both --cert and --key');
    const mixed = start(...host, '--cert', files.cert, '--key', itsKey);
    expect({ status: mixed.status, stderr: mixed.stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining('are no certificate in PEM and its own key'),
    });
    const unnamed = start(...host, '--cert', nameless, '--key', itsKey);
    expect(unnamed.status).toBe(3);
    expect(unnamed.stderr).toContain('has no names (subject alternative names)');
    const missing = start(...host, '--cert', join(folder, 'none.pem'), '--key', files.key);
    expect(missing.stderr).toContain("none.pem can't be read");
  });
});
