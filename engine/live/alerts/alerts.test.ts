import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../contract/api/index.ts';
import type { EngineEvent } from '../../contract/events.ts';
import { unsentAlerts } from '../../store/alerts.ts';
import { openStore, type Store } from '../../store/database.ts';
import { type Said, stubAlerts } from '../testing/stub-alerts.ts';
import { isPrivateAddress, signatureOf, webhookUrl } from './post.ts';

interface Taken {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let store: Store;
let folder: string;
let said: Said;
let events: EngineEvent[];
let server: Server;
let status: number;
/** Is told of each request before it is answered. */
let onRequest: () => void;
let taken: Taken[];
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regimen-alerts-'));
  store = openStore(':memory:');
  said = { signal: 'none', missing: 0, clock: 1_767_348_000_000 };
  status = 200;
  onRequest = () => undefined;
  [events, taken] = [[], []];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      onRequest();
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(() => {
  server.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (isHost = true) => stubAlerts(store, said, (event) => events.push(event), isHost);

const target = (options: Partial<Input<'alert.add'>>): Input<'alert.add'> => ({
  name: 'phone',
  kind: 'webhook',
  preset: 'generic',
  markets: [],
  events: [],
  details: false,
  ...options,
});
const sentTo = (alerts: readonly EngineEvent[]) =>
  alerts.flatMap((event) => (event.type === 'alert' ? [event.alert.title] : []));

test('a file is the same from wherever a process was started, and one that can not be written is said with what to do', async () => {
  const alerts = open();
  const here = await alerts.add(target({ name: 'here', kind: 'file', file: 'alerts.jsonl' }));
  expect(here.to).toBe(join(process.cwd(), 'alerts.jsonl'));
  await alerts.add(target({ name: 'gone', kind: 'file', file: join(folder, 'none', 'alerts.jsonl') }));
  await expect(alerts.test('gone')).rejects.toThrow(
    /The test did not arrive: the folder of .* is not there: make it/,
  );
});

test('what changed since somebody asked is told once, to whom it is meant for, and nothing private', async () => {
  const alerts = open();
  const file = join(folder, 'alerts.jsonl');
  await alerts.add(target({ name: 'desk', kind: 'desktop', events: ['signal-changed'] }));
  await alerts.add(target({ name: 'log', kind: 'file', file, details: true }));
  await alerts.add(target({ name: 'gold', kind: 'desktop', markets: ['XAUUSD'] }));
  await alerts.look();
  expect(sentTo(events)).toEqual([]);
  said.signal = 'LONG';
  await alerts.look();
  await alerts.look();
  said.missing = 5;
  await alerts.look();
  expect(sentTo(events)).toEqual(['EURUSD H1: LONG']);
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ event, symbol }) => [event, symbol])).toEqual([
    ['signal-changed', 'EURUSD'],
    ['data-late', 'EURUSD'],
  ]);
  expect(lines[0].text).toContain('close 1.1');
  expect(JSON.stringify(events)).not.toContain('close 1.1');
  expect(alerts.list()).toMatchObject({ unsent: [], hosts: ['127.0.0.1'] });
});

test('a webhook that is down loses nothing: it is sent later, by the same id, signed, in order, and holds up nobody', async () => {
  const alerts = open();
  await alerts.add(target({ url, secret: 'secret-key' }));
  await alerts.add(target({ name: 'desk', kind: 'desktop' }));
  status = 503;
  said.signal = 'LONG';
  await alerts.look();
  said.signal = 'SHORT';
  await alerts.look();
  expect(sentTo(events)).toEqual(['EURUSD H1: LONG', 'EURUSD H1: SHORT']);
  expect(taken.length).toBe(1);
  expect(alerts.list().unsent).toMatchObject([
    { attempts: 1, error: expect.stringContaining('answered 503') },
    { attempts: 0 },
  ]);
  status = 200;
  said.clock += 5000;
  // Another process goes on with it.
  await open().look();
  const bodies = taken.map(({ body }) => JSON.parse(body));
  expect(bodies.map(({ title }) => title)).toEqual([
    'EURUSD H1: LONG',
    'EURUSD H1: LONG',
    'EURUSD H1: SHORT',
  ]);
  expect(new Set(taken.slice(0, 2).map(({ headers }) => headers['x-regimen-id'])).size).toBe(1);
  expect(bodies[0].id).toBe(taken[0]!.headers['x-regimen-id']);
  const { headers, body } = taken[1]!;
  const [, at, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-regimen-signature']))!;
  expect(mac).toBe(createHmac('sha256', 'secret-key').update(`${at}.${body}`).digest('hex'));
  expect(unsentAlerts(store)).toEqual([]);
});

test('what is refused is given up and listed, until it is tried again', async () => {
  const alerts = open();
  await alerts.add(target({ url, preset: 'ntfy', to: 'my "topic"' }));
  status = 404;
  said.signal = 'LONG';
  await alerts.look();
  expect(alerts.list().unsent).toMatchObject([{ nextAt: null, target: 'phone' }]);
  expect(JSON.parse(taken[0]!.body)).toMatchObject({
    topic: 'my "topic"',
    message: 'The signal of EURUSD H1 is LONG.',
  });
  await expect(alerts.test('phone')).rejects.toThrow(/did not arrive: 127.0.0.1:\d+ answered 404/);
  await expect(alerts.test('nobody')).rejects.toThrow(/There are phone/);
  status = 204;
  expect(alerts.retry()).toBe(1);
  await alerts.look();
  expect(alerts.list().unsent).toEqual([]);
  await alerts.test('phone');
  expect(JSON.parse(taken.at(-1)!.body).title).toBe('A test of Regimen');
});

test('an address goes nowhere but where its owner allowed it', async () => {
  const alerts = open();
  const refused = (options: Partial<Input<'alert.add'>>) => expect(alerts.add(target(options))).rejects;
  await refused({ url: 'https://evil.example/x' }).toThrow(/not among live.alert_hosts \(127.0.0.1\)/);
  await refused({ url: 'http://me:pw@127.0.0.1/' }).toThrow(/without a name and password/);
  await refused({ url: 'file:///etc/passwd' }).toThrow(/expected https/);
  await refused({}).toThrow(/needs the address/);
  await refused({ url, preset: 'telegram' }).toThrow(/need a chat id/);
  await refused({ url, body: '{"a": {{title}}}' }).toThrow(/makes no JSON/);
  await refused({ url, body: '{"a": "{{password}}"}' }).toThrow(/nothing that an alert has/);
  await refused({ kind: 'file', file: '/etc/passwd' }).toThrow(/ends in .jsonl/);
  expect(() => webhookUrl('http://ntfy.sh/', ['ntfy.sh'])).toThrow(/HTTPS alone/);
  for (const [address, is] of [
    ['10.1.2.3', true],
    ['169.254.169.254', true],
    ['::1', true],
    ['::ffff:192.168.0.1', true],
    ['fd00::1', true],
    ['8.8.8.8', false],
    ['2606:4700::1111', false],
  ] as const) {
    expect([address, isPrivateAddress(address)]).toEqual([address, is]);
  }
  expect(signatureOf('k', 1, 'b')).toBe(`t=1,v1=${createHmac('sha256', 'k').update('1.b').digest('hex')}`);
});

test('a command leaves the desktop to a window, and keeps what waits for it', async () => {
  const alerts = open(false);
  await alerts.add(target({ name: 'desk', kind: 'desktop' }));
  said.signal = 'LONG';
  await alerts.look();
  expect(sentTo(events)).toEqual([]);
  await open().look();
  expect(sentTo(events)).toEqual(['EURUSD H1: LONG']);
});

const PROCESS = fileURLToPath(new URL('../testing/alert-process.ts', import.meta.url));

test('killed before an alert is kept, or between sending it and knowing that, nothing is lost, and it has one id', async () => {
  const database = join(folder, 'regimen.db');
  const preload = join(folder, 'kill.mjs');
  writeFileSync(
    preload,
    `import Database from '${import.meta.resolve('better-sqlite3')}';
     const { prepare } = Database.prototype;
     Database.prototype.prepare = function (text) {
       if (/insert into .?alerts/i.test(text)) process.kill(process.pid, 'SIGKILL');
       return prepare.call(this, text);
     };`,
  );
  const run = (...loaded: string[]) => {
    const child = spawn(process.execPath, [...loaded, PROCESS, database, url, String(said.clock)], {
      stdio: 'inherit',
    });
    onRequest = () => child.kill('SIGKILL');
    return new Promise((done) => child.on('exit', (code, killed) => done(killed ?? code)));
  };
  expect(await run('--import', preload)).toBe('SIGKILL');
  expect(taken).toEqual([]);
  expect(await run()).toBe('SIGKILL');
  expect(taken.length).toBe(1);
  onRequest = () => undefined;
  const other = openStore(database);
  said = { signal: 'LONG', missing: 0, clock: said.clock + 61_000 };
  const alerts = stubAlerts(other, said, () => undefined);
  await alerts.look();
  await alerts.look();
  expect(taken.map(({ body }) => JSON.parse(body).title)).toEqual(['EURUSD H1: LONG', 'EURUSD H1: LONG']);
  expect(new Set(taken.map(({ headers }) => headers['x-regimen-id'])).size).toBe(1);
  expect(alerts.list().unsent).toEqual([]);
  other.close();
}, 60_000);
