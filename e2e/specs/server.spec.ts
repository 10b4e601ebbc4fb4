import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext } from '@playwright/test';
import { startServerProcess } from '../../main/server/testing/server-process.ts';
import { environmentOf } from '../crash/host-process.ts';
import { SMALL_GRID } from '../demo-grid.ts';
import { expect, test } from '../fixtures.ts';

async function call(
  request: APIRequestContext,
  server: { origin: string; token: string },
  method: string,
  data: unknown,
) {
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await request.post(`${server.origin}/api/${method}`, { headers, data });
  expect(answer.status(), await answer.text()).toBe(200);
  return await answer.json();
}

test('the start link opens the application, its token leaves the address bar, and a reload still works', async ({
  page,
  server,
}) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(page.url()).not.toContain(server.token);
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const status = await page.evaluate(async () => {
    const token = Object.values(sessionStorage).find((value) => /^[0-9a-f]{64}$/.test(value));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return (await fetch('/api/market.list', { method: 'POST', headers, body: '{}' })).status;
  });
  expect(status).toBe(200);
});

test('the page keeps to its own policy', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(violations).toEqual([]);
  const blocked = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.head.append(script);
      }),
  );
  expect(blocked).toBe('script-src-elem');
});

test('a page of another origin gets nothing, not even with the token', async ({ context, server }) => {
  const foreign = createServer((_request, response) => response.end('<!doctype html><title>foreign</title>'));
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
    const outcome = await page.evaluate(
      async ({ origin, token }) => {
        const attempt = (init: RequestInit) =>
          fetch(`${origin}/api/market.demo`, { method: 'POST', ...init }).then(
            (response) => `${response.type} ${response.status}`,
            () => 'blocked',
          );
        const socket = new Promise((resolve) => {
          const opened = new WebSocket(`${origin.replace('http', 'ws')}/events`, [
            'regimen',
            `token.${token}`,
          ]);
          opened.onopen = () => resolve('open');
          opened.onclose = () => resolve('closed');
        });
        const frame = document.createElement('iframe');
        frame.src = origin;
        const framed = new Promise((resolve) =>
          frame.addEventListener('load', () => resolve(frame.contentDocument)),
        );
        document.body.append(frame);
        return {
          asJson: await attempt({
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: '{}',
          }),
          simple: await attempt({ mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: '{}' }),
          socket: await socket,
          framed: await framed,
        };
      },
      { origin: server.origin, token: server.token },
    );
    // The answer to a simple request can't be read by its page; that nothing was done is seen below.
    expect(outcome).toEqual({
      asJson: 'blocked',
      simple: expect.stringMatching(/^opaque|blocked$/),
      socket: 'closed',
      framed: null,
    });
    const headers = { authorization: `Bearer ${server.token}` };
    const list = await context.request.post(`${server.origin}/api/market.list`, { headers, data: {} });
    expect(await list.json()).toEqual([]);
  } finally {
    foreign.close();
  }
});

test('an error that nobody catches: one line, exit status 1, and what was trained is paused', async ({
  workspace,
  home,
  request,
}) => {
  const fault = environmentOf('an exception that nobody catches');
  const first = await startServerProcess(workspace, { HOME: home, ...fault });
  let said = '';
  first.child.stderr?.on('data', (data: Buffer) => {
    said += String(data);
  });
  const exited = once(first.child, 'close');
  await call(request, first, 'market.demo', {});
  const { queueId } = await call(request, first, 'queue.create', { grid: SMALL_GRID });
  await call(request, first, 'queue.start', { queueId });
  expect((await exited)[0]).toBe(1);
  expect(said).toBe('error: Regimen ends: a promise broken (a defect of Regimen, not of your input)\n');
  const second = await startServerProcess(workspace, { HOME: home });
  expect(await call(request, second, 'queue.get', { queueId })).toMatchObject({
    state: 'paused',
    message: 'Paused when Regimen met an error; the log says which.',
  });
  const { length } = (await call(request, second, 'feed.recent', { limit: 50 })).filter(
    ({ message }: { message: string }) => said.includes(message),
  );
  expect(length).toBe(1);
  expect(await second.stop()).toBe(0);
});

test('Ctrl+C pauses what is trained, and the next start finds it paused', async ({
  workspace,
  home,
  request,
}) => {
  const first = await startServerProcess(workspace, { HOME: home });
  await call(request, first, 'market.demo', {});
  const { queueId } = await call(request, first, 'queue.create', { grid: SMALL_GRID });
  await call(request, first, 'queue.start', { queueId });
  expect(await first.stop()).toBe(0);
  const second = await startServerProcess(workspace, { HOME: home });
  expect(await call(request, second, 'queue.get', { queueId })).toMatchObject({ state: 'paused' });
  await call(request, second, 'queue.resume', { queueId });
  expect(await call(request, second, 'queue.wait', { queueId })).toMatchObject({
    state: 'completed',
    failed: 0,
  });
  expect(await second.stop()).toBe(0);
});

test('an export is written, and can be downloaded', async ({ server, request, home }) => {
  const headers = { authorization: `Bearer ${server.token}` };
  const exported = await request.post(`${server.origin}/api/history.export`, { headers, data: {} });
  expect(exported.status(), await exported.text()).toBe(200);
  const { file } = await exported.json();
  expect(file).toContain(`${home}/.regimen/exports/training_history_`);
  const download = await request.get(`${server.origin}/download`, { headers, params: { file } });
  expect(download.headers()['content-disposition']).toContain('training_history_');
  expect(await download.text()).toContain('model_type');
});
