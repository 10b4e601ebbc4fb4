import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newDays } from './new-days.ts';
import { type Figure, median, type Subject } from './subject.ts';
import { PAGES, PLACES } from './year-places.ts';
import { type Asked, measureServer } from './year-server.ts';

const PROCESS = fileURLToPath(new URL('./year-process.ts', import.meta.url));
const COMMITS = fileURLToPath(new URL('./commits-process.ts', import.meta.url));
/** Results of one transaction, as those of fast models come. */
const TOGETHER = 8;
const RUNS = 1_000_000;
/** Trained by a host whose memory is measured: of the demo market, and over days that no other grid of this bench has. */
const MORE = {
  name: 'More',
  model_types: ['ridge', 'lasso', 'elasticnet', 'linear_regression'],
  symbols: ['DEMO_EURUSD', 'DEMO_GBPUSD'],
  timeframes: ['H1', 'H4'],
  horizons: [1, 2, 4, 5, 6],
};

const ASKED: readonly Asked[] = [
  ...PAGES.map((filter): Asked => ['history.search', { limit: 50, ...filter }]),
  ...Object.values(PLACES).map((method): Asked => [method, {}]),
  ['market.bars', { symbol: 'MINUTES', timeframe: 'M1', limit: 2000 }],
];

interface Filled {
  readonly seconds: number;
  readonly databaseBytes: number;
  readonly largestShrunk: number;
}

/** Milliseconds. */
interface Timed {
  readonly clock: number;
  readonly processor: number;
}
type AllTimed = Readonly<Record<string, Timed>>;

interface Looked {
  readonly opened: number;
  readonly total: number;
  /** Of a command, which keeps nothing in its memory: each asked for once. */
  readonly alone: AllTimed;
  /** Of a host, which does. */
  readonly pages: AllTimed;
  readonly places: AllTimed;
  readonly host: { readonly warmUp: number; readonly memory: number };
  readonly run: number;
  readonly commits: number;
  readonly backup: number;
  readonly cleanup: number;
}

/**
 * `--runs N`: a year of so many; series, bars of the M1 series and model files are fewer in proportion. `--keep FOLDER`: the workspace is made
 * there and stays, and is measured as it is where it is there already.
 */
export const yearSubject: Subject = {
  name: 'year',
  title: 'a year of nightly use: start, places, pages, results, memory, backup, cleanup and migration',
  isLong: true,
  async measure(runs = RUNS, _parts, _minutes, keep) {
    const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'regimen-year-')) : resolve(keep);
    try {
      const workspace = join(folder, 'workspace');
      const isThere = existsSync(join(workspace, 'regimen.db'));
      const filled = ran<Filled>(PROCESS, isThere ? 'sizes' : 'fill', workspace, String(runs));
      const recorded = permanent(workspace);
      const looked = ran<Looked>(PROCESS, 'look', workspace);
      const { opened, total, alone, pages, places, host, run, commits, backup, cleanup } = looked;
      const grid = { ...MORE, days_history: newDays(workspace, [160]) };
      const server = await measureServer(workspace, ASKED, grid);
      const afterBackup = permanent(workspace);
      const migrated = ran<{ seconds: number; bytes: number }>(PROCESS, 'migrate', String(runs));
      return {
        data: `the demo market's runs, ${total.toLocaleString('en')} of them, those older than 90 days shrunk; ${(filled.databaseBytes / 1e9).toFixed(1)} GB of database`,
        runs: 1,
        figures: [
          { name: 'start, to the first page of history', value: opened / 1000, unit: 's', atMost: 1.5 },
          ...timedFigures('a host opens', places),
          ...timedFigures('page of history', pages, 80),
          ...timedFigures('page of history, of a command, once', alone),
          { name: 'what a host computes after its start', value: host.warmUp / 1000, unit: 's of processor' },
          { name: 'memory of that host', value: host.memory, unit: 'MB', atMost: 500 },
          { name: 'one run', value: run, unit: 'ms', atMost: 80 },
          {
            name: `a result made permanent, ${TOGETHER} at a time, processor`,
            value: recorded,
            unit: 'ms',
            atMost: 2,
          },
          { name: 'the same once a backup has read all of the database', value: afterBackup, unit: 'ms' },
          {
            name: "host's thread, a result trained, all that comes with it included",
            value: commits,
            unit: 'ms',
          },
          { name: 'start of a server, to its first page', value: server.firstPage, unit: 's', atMost: 1.5 },
          {
            name: 'memory of that server at its most: pages, places, a chart of the M1 bars, two threads that train',
            value: server.peakMb ?? Number.NaN,
            unit: 'MB',
            atMost: 500,
          },
          { name: 'backup', value: backup / 1000, unit: 's' },
          { name: 'cleanup', value: cleanup / 1000, unit: 's' },
          { name: 'migration from the first release, as many runs', value: migrated.seconds, unit: 's' },
          {
            name: 'table of a run that was shrunk, at most',
            value: filled.largestShrunk,
            unit: 'bytes',
            atMost: 2000,
          },
          { name: 'database, a run', value: filled.databaseBytes / total, unit: 'bytes' },
        ],
      };
    } finally {
      if (keep === undefined) rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Milliseconds of the processor that a result takes to be recorded, in the middle of three hosts. */
function permanent(workspace: string): number {
  const each = Array.from({ length: 3 }, () =>
    ran<{ readonly whole: number }>(COMMITS, String(TOGETHER), workspace),
  );
  return median(each.map(({ whole }) => whole));
}

function timedFigures(what: string, all: AllTimed, atMost?: number): Figure[] {
  return Object.entries(all).flatMap(([name, { clock, processor }]) => [
    { name: `${what} ${name}`, value: clock, unit: 'ms', atMost },
    { name: `${what} ${name}, processor`, value: processor, unit: 'ms', atMost },
  ]);
}

function ran<T>(...argv: [script: string, ...string[]]): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${argv.slice(0, 2).join(' ')} failed: ${stderr}`);
  return JSON.parse(stdout) as T;
}
