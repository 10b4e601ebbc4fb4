import { expect, it } from 'vitest';
import { redisAddress } from './address.ts';

const KEY = 'sixteen characters or more';

it.each(['redis://127.0.0.1:6379', 'redis://localhost', 'redis://[::1]:6380/2', 'rediss://127.9.9.9'])(
  'asks for neither password nor key on this machine: %s',
  (url) => {
    expect(redisAddress(url, undefined)).toMatchObject({ url });
  },
);

it('says what is lacking for another machine, and sends nothing', () => {
  const refused = (url: string, key?: string) => {
    try {
      return redisAddress(url, key).shown;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refused('redis://workers.example:6379')).toBe(
    'redis://workers.example:6379 is not on this machine: there TLS (rediss://), a password (rediss://:password@host) and a shared key (REGIMEN_WORKER_KEY, the same on host and workers) are needed, or anybody on the way could read and forge results. Nothing was sent.',
  );
  expect(refused('rediss://:secret@workers.example:6379')).toMatch(/there a shared key .* is needed/);
  expect(refused('rediss://workers.example', KEY)).toMatch(/there a password .* is needed/);
  expect(refused('redis://:secret@workers.example', KEY)).toMatch(/there TLS .* is needed/);
  // Names that look like this machine's.
  expect(refused('redis://127.0.0.1.example')).toMatch(/is not on this machine/);
  expect(refused('rediss://me:secret@workers.example:6380/3', KEY)).toBe('rediss://workers.example:6380/3');
});

it.each([
  '',
  '127.0.0.1:6379',
  'http://127.0.0.1:6379',
  'redis://',
  'redis://127.0.0.1/queue',
  'redis://127.0.0.1?host=far.example',
])('takes no other address: "%s"', (url) => {
  expect(() => redisAddress(url, undefined)).toThrow(/A Redis address is needed/);
});

it('shows no password in what it says, and takes no short key', () => {
  expect(() => redisAddress('http://me:secret@host', undefined)).toThrow(/not "http:\/\/…@host"/);
  for (const secret of ['se/cret', 'se@cr/et', 'sec#ret', 'sec?ret', 'a:b/c']) {
    expect(() => redisAddress(`redis://:${secret}@127.0.0.1:6379`, undefined)).toThrow(
      /not "redis:\/\/…@127.0.0.1:6379". In a user or password @ is written %40/,
    );
  }
  expect(() => redisAddress('redis://:secret', undefined)).toThrow(/not "redis:\/\/…"/);
  expect(() => redisAddress('redis://127.0.0.1', 'short')).toThrow(/has 5 characters; at least 16/);
});
