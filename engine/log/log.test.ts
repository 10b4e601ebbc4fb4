import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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

const SETTINGS = { level: 'info', log_to_file: true, max_log_size_mb: 1 } as const;
const SAYS = { source: 'queue/runner:run' } as const;

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

  it('goes on in the new file with the next turn when another process has numbered the one it wrote', async () => {
    const path = join(folder, 'a.log');
    const writer = createRotatingFile(path, 1000);
    writer.write('1\n');
    writer.write('2\n');
    await setImmediate();
    renameSync(path, `${path}.1`);
    writer.write('3\n');
    expect(linesOf(`${path}.1`)).toEqual(['1', '2']);
    expect(linesOf(path)).toEqual(['3']);
  });

  it('does so in a turn that takes long, too', () => {
    const path = join(folder, 'a.log');
    const writer = createRotatingFile(path, 1000);
    writer.write('1\n');
    renameSync(path, `${path}.1`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    writer.write('2\n');
    expect(linesOf(`${path}.1`)).toEqual(['1']);
    expect(linesOf(path)).toEqual(['2']);
  });

  it('shares a file with another writer in one turn: no line is lost, and none makes it too large', () => {
    const path = join(folder, 'a.log');
    const writers = [createRotatingFile(path, 100), createRotatingFile(path, 100)];
    const expected = Array.from({ length: 30 }, (_, i) => `line ${i} ${'x'.repeat(i % 7)}`);
    expected.forEach((line, i) => {
      writers[i % 2]!.write(`${line}\n`);
    });
    const files = ['a.log.3', 'a.log.2', 'a.log.1', 'a.log'].map((name) => join(folder, name));
    for (const file of files) expect(statSync(file).size).toBeLessThanOrEqual(100);
    // Each file but the last had no room for the line after it: none is numbered before it is full.
    for (const file of files.slice(0, 3)) expect(statSync(file).size).toBeGreaterThan(100 - 16);
    const kept = files.flatMap(linesOf);
    expect([...kept].sort()).toEqual(expected.slice(-kept.length).sort());
  });

  it.runIf(process.platform === 'linux')('holds no file open once the turn is over', async () => {
    const held = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        const link = `/proc/self/fd/${fd}`;
        return existsSync(link) && readlinkSync(link).startsWith(folder);
      });
    const writer = createRotatingFile(join(folder, 'a.log'), 100);
    for (let i = 0; i < 100; i++) writer.write(`line ${i}\n`);
    expect(held()).toHaveLength(1);
    await setImmediate();
    expect(held()).toEqual([]);
  });

  it('has every line on disk when the process is killed, over several files', () => {
    const path = join(folder, 'a.log');
    const module = new URL('./rotating-file.ts', import.meta.url).href;
    const script = `
      const { createRotatingFile } = await import(${JSON.stringify(module)});
      const writer = createRotatingFile(${JSON.stringify(path)}, 600);
      for (let i = 0; i < 500; i++) writer.write(i + '\\n');
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(child.signal).toBe('SIGKILL');
    const kept = ['a.log.3', 'a.log.2', 'a.log.1', 'a.log'].flatMap((name) => linesOf(join(folder, name)));
    expect(kept).toEqual(Array.from({ length: 500 }, (_, i) => String(i)).slice(-kept.length));
    expect(kept.length).toBeGreaterThan(450);
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

  it('writes JSON lines with timestamp, level, module, function, queue, run, code and metrics', () => {
    const log = openLog(folder, SETTINGS);
    expect(existsSync(file())).toBe(false);
    log.write('error', '2026-01-02T03:04:05.000Z', 'No room.', {
      ...SAYS,
      queueId: 7,
      run: 'u-1',
      code: 'disk-full',
      metrics: { rmse: 0.5 },
    });
    expect(JSON.parse(linesOf(file())[0]!)).toEqual({
      level: 'ERROR',
      pid: process.pid,
      timestamp: '2026-01-02T03:04:05.000Z',
      module: 'queue/runner',
      function: 'run',
      queueId: 7,
      run: 'u-1',
      code: 'disk-full',
      metrics: { rmse: 0.5 },
      message: 'No room.',
    });
  });

  it('writes nothing where no file is asked for', () => {
    const log = openLog(folder, { ...SETTINGS, log_to_file: false });
    log.write('error', 't', 'a', SAYS);
    expect(log.tail(5)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves out what is below its level', () => {
    const log = openLog(folder, { ...SETTINGS, level: 'warn' });
    log.write('debug', 't', 'a', SAYS);
    log.write('info', 't', 'b', SAYS);
    log.write('warn', 't', 'c', SAYS);
    expect(linesOf(file()).map((line) => JSON.parse(line).message)).toEqual(['c']);
  });
});

describe('createFeed', () => {
  const nowhere: Log = { write: () => undefined, tail: () => [] };

  it('tells log, listeners and those who ask later the same line', () => {
    const logged: unknown[] = [];
    const events: EngineEvent[] = [];
    const log: Log = { write: (...line) => logged.push(line), tail: () => [] };
    const feed = createFeed({ log, emit: (event) => events.push(event), now: () => 0 });
    feed.warn(3, 'Disk is nearly full.', { ...SAYS, code: 'disk-full' });
    const at = '1970-01-01T00:00:00.000Z';
    const line = { at, level: 'warn', queueId: 3, topic: 'job', message: 'Disk is nearly full.' };
    expect(events).toEqual([{ type: 'feed', line }]);
    expect(feed.recent(5)).toEqual([line]);
    expect(logged).toEqual([
      ['warn', at, 'Disk is nearly full.', { queueId: 3, topic: 'job', ...SAYS, code: 'disk-full' }],
    ]);
  });

  it('says what is for debugging to the log alone', () => {
    const logged: unknown[] = [];
    const log: Log = { write: (...line) => logged.push(line), tail: () => [] };
    const emit = () => expect.unreachable('nobody is told');
    const feed = createFeed({ log, emit, now: () => 0 });
    feed.debug(3, 'calm_ranging: rejected.', SAYS);
    expect(feed.recent(5)).toEqual([]);
    expect(logged).toEqual([
      ['debug', '1970-01-01T00:00:00.000Z', 'calm_ranging: rejected.', { queueId: 3, ...SAYS }],
    ]);
  });

  it('keeps the newest thousand lines, oldest first', () => {
    const feed = createFeed({ log: nowhere, emit: () => undefined, now: () => 0 });
    expect(feed.recent(10)).toEqual([]);
    for (let i = 0; i < 2345; i++) feed.info(null, String(i), SAYS);
    const all = feed.recent(5000).map((line) => line.message);
    expect(all).toHaveLength(1000);
    expect(all[0]).toBe('1345');
    expect(all[999]).toBe('2344');
    expect(feed.recent(2).map((line) => line.message)).toEqual(['2343', '2344']);
  });
});

describe('what a feed remembers', () => {
  it('begins with the lines of the file, those that are whole', () => {
    const log = openLog(folder, SETTINGS);
    const before = createFeed({ log, emit: () => undefined, now: () => 0 });
    before.info(7, 'Training model 1/2: ridge', SAYS);
    before.warn(null, 'Nearly full', SAYS);
    before.debug(7, 'Not for the window', SAYS);
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
    after.info(7, 'Training completed!', SAYS);
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
