import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { confirm } from './confirm.ts';
import { captured } from './testing/command-line.ts';

function asked(answer: string, otherwise: boolean, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream;
  const { stream, text } = captured(false);
  const reply = confirm('Go on?', otherwise, { input, output: stream });
  (input as unknown as PassThrough).end(answer);
  return reply.then((yes) => ({ yes, said: text() }));
}

it.each([
  ['y\n', false, true],
  ['Yes\n', false, true],
  ['\n', false, false],
  ['\n', true, true],
  ['n\n', true, false],
  ['perhaps\n', true, false],
  ['', true, false],
])('answer %j with the default %s is %s', async (answer, otherwise, yes) => {
  const reply = await asked(answer, otherwise);
  expect(reply.yes).toBe(yes);
  expect(reply.said).toContain(`Go on? ${otherwise ? '[Y/n]' : '[y/N]'} `);
});

it('asks nobody where there is no terminal', async () => {
  expect(await asked('y\n', true, false)).toEqual({ yes: null, said: '' });
});
