import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { EngineEvent, EventListener } from '../../engine/contract/events.ts';
import { exampleConfiguration } from '../../engine/contract/testing/configuration.ts';
import { startTestServer, type TestServer, TOKEN } from './testing/test-server.ts';

let server: TestServer;
afterEach(() => server.close());

/** The status line that an upgrade request with these headers gets. */
async function upgrade(headers: Readonly<Record<string, string>>): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  const all = {
    host: `127.0.0.1:${server.port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /events HTTP/1.1\r\n${lines.join('')}\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString('latin1').split('\r\n', 1)[0]!;
}

function open(): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${server.port}/events`, ['regimen', `token.${TOKEN}`]);
}

const protocols = { 'sec-websocket-protocol': `regimen, token.${TOKEN}` };

describe('who may listen', () => {
  test('whoever has the token', async () => {
    server = await startTestServer();
    expect(await upgrade(protocols)).toBe('HTTP/1.1 101 Switching Protocols');
  });

  test.each([
    ['no token', {}, 401],
    ['a wrong token', { 'sec-websocket-protocol': 'regimen, token.abc' }, 401],
    ['a foreign origin', { ...protocols, origin: 'https://evil.example' }, 403],
    ['a foreign name for this machine', { ...protocols, host: 'evil.example' }, 403],
  ])('not %s', async (_name, headers, status) => {
    server = await startTestServer();
    expect(await upgrade(headers)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

test('a flood of events arrives in few batches, with the newest state and the newest lines', async () => {
  let emit: EventListener = () => {};
  let ended = false;
  server = await startTestServer({
    subscribe(listener) {
      emit = listener;
      return () => {
        ended = true;
      };
    },
  });
  const socket = open();
  const received: EngineEvent[][] = [];
  socket.onmessage = ({ data }) => received.push(JSON.parse(String(data)));
  await once(socket, 'open');
  expect(socket.protocol).toBe('regimen');
  for (let i = 0; i < 100_000; i++)
    emit({ type: 'queue.threads', queueId: 1, training: [exampleConfiguration(String(i))] });
  await expect
    .poll(() => received.flat().at(-1))
    .toEqual({ type: 'queue.threads', queueId: 1, training: [exampleConfiguration('99999')] });
  expect(received.length).toBeLessThan(5);
  socket.close();
  await expect.poll(() => ended).toBe(true);
});

test.each([
  ['a message', 'hello', 1008],
  ['an oversized message', 'x'.repeat(2000), 1009],
])('whoever sends %s is cut off', async (_name, message, code) => {
  server = await startTestServer();
  const socket = open();
  await once(socket, 'open');
  const closed = once(socket, 'close') as Promise<[CloseEvent]>;
  socket.send(message);
  expect((await closed)[0].code).toBe(code);
});
