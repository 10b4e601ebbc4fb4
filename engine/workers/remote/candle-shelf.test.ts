import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { candleFileName } from '../../market/series/candle-file.ts';
import { createTrainingWorld, type TrainingWorld } from '../testing/training-world.ts';
import { serveCandles } from './candle-service.ts';
import { type CandleShelf, createCandleShelf } from './candle-shelf.ts';
import { createSeal } from './seal.ts';

const seal = createSeal(undefined);

let world: TrainingWorld;
let folder: string;
/** Parts that hosts were asked for. */
let asked: number;
beforeEach(() => {
  world = createTrainingWorld();
  folder = join(mkdtempSync(join(tmpdir(), 'regimen-shelf-')), 'candles');
  asked = 0;
});
afterEach(() => {
  world.remove();
  rmSync(join(folder, '..'), { recursive: true });
});

/** A worker's shelf, and what it does to have what it needs from a host that answers as `answer` does. */
function worker(answer = serveCandles) {
  const replies = new Map<string, Promise<Buffer>>();
  const redis = {
    blpopBuffer: async (key: string) => [Buffer.from(key), await replies.get(key)],
  } as unknown as Redis;
  const shelf = createCandleShelf(folder, redis, seal);
  const ask: Parameters<CandleShelf['have']>[1] = ({ series, at, reply }) => {
    asked++;
    replies.set(
      reply,
      answer(world.folder, series, at).then((part) => seal.seal('candles', part)),
    );
  };
  return () => shelf.have(world.spec(), ask);
}

const name = () => candleFileName(world.spec().series);
const path = () => join(folder, name());

it('has a file fetched once by all workers that share a folder, and leaves nothing else there', async () => {
  const slowly: typeof serveCandles = async (...of) => {
    await delay(200);
    return serveCandles(...of);
  };
  await Promise.all([worker(slowly)(), worker(slowly)(), worker(slowly)()]);
  expect(asked).toBe(1);
  expect(readdirSync(folder)).toEqual([name()]);
});

it('has another worker fetch it where the first can not', async () => {
  const failing: typeof serveCandles = async () => {
    await delay(100);
    return { error: { code: 'conflict', message: 'gone', details: {} } };
  };
  const first = worker(failing)();
  const second = worker()();
  await expect(first).rejects.toThrow('gone');
  await second;
  expect(asked).toBe(2);
  expect(existsSync(path())).toBe(true);
});

it('does not wait for one that was killed', async () => {
  const have = worker();
  writeFileSync(`${path()}.claim`, '');
  const waiting = have();
  await delay(100);
  expect(asked).toBe(0);
  const before = new Date(Date.now() - 25_000);
  utimesSync(`${path()}.claim`, before, before);
  await waiting;
  expect(readdirSync(folder)).toEqual([name()]);
});

it('fetches a damaged file again', async () => {
  await worker()();
  writeFileSync(path(), 'damaged');
  await worker()();
  expect(asked).toBe(2);
});
