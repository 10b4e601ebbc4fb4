import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../contract/events.ts';
import { createFeed } from './feed.ts';
import { type Log, openLog } from './log-file.ts';
import { readTail } from './read-tail.ts';
import { createRotatingFile } from './rotating-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

describe('createRotatingFile', () => {
  it('keeps every line in order over the newest files, none larger than asked for', () => {
    const path = join(folder, 'logs', 'a.log');
    const writer = createRotatingFile(path, 100);
    for (let i = 0; i < 70; i++) writer.write(`line ${String(i).padStart(3, '0')}\n`);
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2', 'a.log.3']);
    const files = ['a.log.3', 'a.log.2', 'a.log.1', 'a.log'].map((name) => join(folder, 'logs', name));
    for (const file of files) expect(statSync(file).size).toBeLessThanOrEqual(100);
    const expected = Array.from({ length: 70 }, (_, i) => `line ${String(i).padStart(3, '0')}`);
    const kept = files.flatMap(linesOf);
    expect(kept).toEqual(expected.slice(-kept.length));
    expect(kept.length).toBeGreaterThan(30);
  });

  it('takes a line longer than a whole file', () => {
    const path = join(folder, 'a.log');
    const writer = createRotatingFile(path, 10);
    writer.write('a line that is longer\n');
    writer.write('b\n');
    expect(linesOf(path)).toEqual(['b']);
    expect(linesOf(`${path}.1`)).toEqual(['a line that is longer']);
  });

  it('goes on after lines that could not be written, and says how many', () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    const writer = createRotatingFile(join(blocked, 'a.log'), 1000);
    writer.write('1\n');
    writer.write('2\n');
    rmSync(blocked);
    writer.write('3\n');
    writer.write('4\n');
    const [notice, ...rest] = linesOf(join(blocked, 'a.log'));
    expect(JSON.parse(notice!)).toMatchObject({ level: 'warn', lostLines: 2 });
    expect(rest).toEqual(['3', '4']);
  });

  it('has every line on disk when the process is killed', () => {
    const path = join(folder, 'a.log');
    const module = new URL('./rotating-file.ts', import.meta.url).href;
    const script = `
      const { createRotatingFile } = await import(${JSON.stringify(module)});
      const writer = createRotatingFile(${JSON.stringify(path)}, 1e6);
      for (let i = 0; i < 500; i++) writer.write(i + '\\n');
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(child.signal).toBe('SIGKILL');
    expect(linesOf(path)).toEqual(Array.from({ length: 500 }, (_, i) => String(i)));
  });
});

describe('openLog', () => {
  const file = () => join(folder, 'logs', 'training_pipeline.log');

  it('writes JSON lines with time, level, queue, run and code', () => {
    const log = openLog(folder, { level: 'info', max_log_size_mb: 1 });
    expect(existsSync(file())).toBe(false);
    log.write('error', '2026-01-02T03:04:05.000Z', 'No room.', { queueId: 7, run: 'u-1', code: 'disk-full' });
    expect(JSON.parse(linesOf(file())[0]!)).toEqual({
      level: 'error',
      pid: process.pid,
      time: '2026-01-02T03:04:05.000Z',
      queueId: 7,
      run: 'u-1',
      code: 'disk-full',
      msg: 'No room.',
    });
  });

  it('leaves out what is below its level', () => {
    const log = openLog(folder, { level: 'warn', max_log_size_mb: 1 });
    log.write('debug', 't', 'a');
    log.write('info', 't', 'b');
    log.write('warn', 't', 'c');
    expect(linesOf(file()).map((line) => JSON.parse(line).msg)).toEqual(['c']);
  });
});

describe('createFeed', () => {
  const nowhere: Log = { write: () => undefined, tail: () => [] };

  it('tells log, listeners and those who ask later the same line', () => {
    const logged: unknown[] = [];
    const events: EngineEvent[] = [];
    const log: Log = { write: (...line) => logged.push(line), tail: () => [] };
    const feed = createFeed({ log, emit: (event) => events.push(event), now: () => 0 });
    feed.warn(3, 'Disk is nearly full.', { code: 'disk-full' });
    const at = '1970-01-01T00:00:00.000Z';
    const line = { at, level: 'warn', queueId: 3, topic: 'job', message: 'Disk is nearly full.' };
    expect(events).toEqual([{ type: 'feed', line }]);
    expect(feed.recent(5)).toEqual([line]);
    expect(logged).toEqual([
      ['warn', at, 'Disk is nearly full.', { queueId: 3, topic: 'job', code: 'disk-full' }],
    ]);
  });

  it('keeps the newest thousand lines, oldest first', () => {
    const feed = createFeed({ log: nowhere, emit: () => undefined, now: () => 0 });
    expect(feed.recent(10)).toEqual([]);
    for (let i = 0; i < 2345; i++) feed.info(null, String(i));
    const all = feed.recent(5000).map((line) => line.message);
    expect(all).toHaveLength(1000);
    expect(all[0]).toBe('1345');
    expect(all[999]).toBe('2344');
    expect(feed.recent(2).map((line) => line.message)).toEqual(['2343', '2344']);
  });
});

describe('what a feed remembers', () => {
  it('begins with the lines of the file, those that are whole', () => {
    const log = openLog(folder, { level: 'info', max_log_size_mb: 1 });
    const before = createFeed({ log, emit: () => undefined, now: () => 0 });
    before.info(7, 'Training model 1/2: ridge');
    before.warn(null, 'Nearly full');
    const file = join(folder, 'logs', 'training_pipeline.log');
    appendFileSync(
      file,
      '{"level":"warn","lostLines":3,"msg":"3 lines"}\nnot JSON\n{"level":"info","time":"2026-',
    );

    const after = createFeed({ log, emit: () => undefined, now: () => 1000, earlier: log.tail(10) });
    expect(after.recent(10)).toEqual([
      {
        at: '1970-01-01T00:00:00.000Z',
        level: 'info',
        queueId: 7,
        topic: 'job',
        message: 'Training model 1/2: ridge',
      },
      { at: '1970-01-01T00:00:00.000Z', level: 'warn', queueId: null, topic: 'job', message: 'Nearly full' },
    ]);
    after.info(7, 'Training completed!');
    expect(after.recent(2).map(({ message }) => message)).toEqual(['Nearly full', 'Training completed!']);
  });

  it('takes the end of a long file, and none of a missing one', () => {
    const file = join(folder, 'long.log');
    expect(readTail(file, 5)).toEqual([]);
    const line = (n: number) =>
      `${JSON.stringify({ level: 'info', time: '2026-01-01T00:00:00.000Z', queueId: 1, msg: `${n} ${'x'.repeat(300)}` })}\n`;
    writeFileSync(file, Array.from({ length: 5000 }, (_, n) => line(n)).join(''));
    const numbers = readTail(file, 1000).map(({ message }) => Number.parseInt(message, 10));
    expect(numbers).toEqual(Array.from({ length: 1000 }, (_, i) => 4000 + i));
  });
});
