import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type Engine } from '../../../engine/app.ts';

const PROGRAM = fileURLToPath(new URL('../regimen.ts', import.meta.url));
const HOUR = 3_600_000;

/** Hourly candles of a file that arrive bar by bar, and a clock that goes with them, for processes, too. */
export interface RealMarket {
  /** Opening time of a bar, counted from 1, as it is written. */
  timeOf(bar: number): string;
  /** It is a minute after the close of the newest of so many bars. */
  setClock(bars: number): void;
  wait(ms: number): void;
  /** As a terminal exports it. */
  exportTo(file: string, bars: number): void;
  open(workspace: string): Engine;
  /** `market watch` in a process of its own: what it does from time to time it does often. */
  watch(workspace: string, folder: string): Watch;
}

export interface Watch {
  readonly process: ChildProcess;
  /** All that it has said. */
  said(): string;
  readonly ended: Promise<NodeJS.Signals | number | null>;
}

/** `lines` of a CSV, without its `head`. */
export function createRealMarket(root: string, head: string, lines: readonly string[]): RealMarket {
  const clockFile = join(root, 'clock');
  let clock = 0;
  function tick(to: number): void {
    clock = to;
    // Whole at any time.
    writeFileSync(`${clockFile}.new`, String(clock));
    renameSync(`${clockFile}.new`, clockFile);
  }
  const timeOf = (bar: number) => lines[bar - 1]!.split(',')[0]!;
  return {
    timeOf,
    setClock: (bars) => tick(Date.parse(timeOf(bars)) + HOUR + 60_000),
    wait: (ms) => tick(clock + ms),
    exportTo(file, bars) {
      writeFileSync(file, `${[head, ...lines.slice(0, bars)].join('\n')}\n`);
      utimesSync(file, clock / 1000, clock / 1000);
    },
    open: (workspace) => createEngine({ workspace, role: 'command', now: () => clock }),
    watch(workspace, folder) {
      const preload = `import { readFileSync } from 'node:fs';
        Date.now = () => Number(readFileSync(${JSON.stringify(clockFile)}, 'utf8'));
        const { setInterval } = globalThis;
        globalThis.setInterval = (f, ms, ...rest) => setInterval(f, Math.min(ms, 100), ...rest);`;
      const loaded = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
      const command = ['market', 'watch', folder, '--workspace', workspace];
      const child = spawn(process.execPath, [...loaded, PROGRAM, ...command], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let text = '';
      child.stderr.on('data', (part: Buffer) => {
        text += part.toString();
      });
      const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
        child.on('exit', (status, signal) => resolve(signal ?? status));
      });
      return { process: child, said: () => text, ended };
    },
  };
}

/** The candles of a file but for the last `leftOut`: so many before. */
export function realLines(file: string, count: number, leftOut: number) {
  const [head, ...all] = readFileSync(file, 'utf8').trim().split('\n');
  return { head: head!, lines: all.slice(all.length - leftOut - count, all.length - leftOut) };
}

export interface Taken {
  readonly id: string;
  readonly title: string;
}

/** Takes alerts on this machine. */
export interface Receiver {
  readonly url: string;
  readonly taken: readonly Taken[];
  /** Titles; those of alerts that came again are left out. */
  told(): string[];
  /** Is called once, with the next alert, before it is answered. */
  onNext(act: () => void): void;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const taken: Taken[] = [];
  let next: () => void = () => undefined;
  const server = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const id = String(request.headers['x-regimen-id']);
      taken.push({ id, title: (JSON.parse(body) as { title: string }).title });
      const act = next;
      next = () => undefined;
      act();
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    told: () => [...new Map(taken.map(({ id, title }) => [id, title])).values()],
    onNext(act) {
      next = act;
    },
    close: () => server.close(),
  };
}
