import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPeers, peersPython } from '../engine/testing/peers.ts';
import { isReal, LINEAR, marketFiles, type SymbolFile, TREES } from './grid.ts';
import { type PeersGrid, pythonSide, regimenSide } from './peers/both-sides.ts';
import type { MeasuredProcess } from './peers/measured-process.ts';
import { type ProfiledFunction, topFunctions } from './peers/profile.ts';
import { type Figure, median, type Subject } from './subject.ts';

/** A grid with what it is held to. */
interface BoundGrid extends PeersGrid {
  readonly name: string;
  readonly title: string;
  /** Least processor time of Python's side as a multiple of Regimen's. */
  readonly bound?: number;
  readonly goal?: number;
  /** Most processor seconds of Regimen. */
  readonly seconds?: number;
  readonly secondsGoal?: number;
}

const ALL = [...LINEAR, ...TREES];
const WHOLE = { timeframes: ['H1', 'H4'], daysHistory: [60, 180], horizons: [1, 3, 6, 12], symbols: 2 };
const ONE_SERIES = { timeframes: ['H1'], daysHistory: [180], symbols: 1 };

/** From short to long. */
const GRIDS: readonly BoundGrid[] = [
  {
    ...ONE_SERIES,
    name: 'one',
    title: 'one configuration (ridge, EURUSD H1, 180 days, horizon 6)',
    modelTypes: ['ridge'],
    horizons: [6],
    seconds: 1.5,
    secondsGoal: 1,
  },
  {
    ...ONE_SERIES,
    name: '24-mixed',
    title: '24 mixed (8 types, EURUSD H1, 180 days, 3 horizons)',
    modelTypes: ALL,
    horizons: [1, 6, 12],
    bound: 8,
    goal: 12,
  },
  {
    ...WHOLE,
    name: '128-linear',
    title: '128 linear (4 types, EURUSD and GBPUSD, H1 and H4, 60 and 180 days, 4 horizons)',
    modelTypes: LINEAR,
    bound: 2.5,
    goal: 4,
  },
  {
    ...WHOLE,
    name: '256-mixed',
    title: '256 mixed (8 types, EURUSD and GBPUSD, H1 and H4, 60 and 180 days, 4 horizons)',
    modelTypes: ALL,
    bound: 10,
    goal: 15,
  },
];

interface Pair {
  readonly regimen: MeasuredProcess;
  readonly python: MeasuredProcess;
}

interface MeasuredGrid {
  readonly grid: BoundGrid;
  readonly pairs: readonly Pair[];
  readonly top: readonly ProfiledFunction[];
}

/** Both sides one after the other, in turns the one and the other first, so that a busy hour is no one's. */
async function measurePair(files: readonly SymbolFile[], grid: BoundGrid, turn: number): Promise<Pair> {
  const sides = { regimen: regimenSide, python: pythonSide };
  const measure = (side: keyof typeof sides) => inFolder((folder) => sides[side](folder, files, grid));
  const early = turn % 2 === 0 ? await measure('regimen') : undefined;
  const python = await measure('python');
  const regimen = early ?? (await measure('regimen'));
  requireSameChampions(grid, regimen.champions, python.champions);
  return { regimen: regimen.measured, python: python.measured };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regimen-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Linear models have one solution: whoever becomes champion of what, and with which score, must be the same. */
function requireSameChampions(
  { modelTypes, name }: BoundGrid,
  ours: readonly string[],
  theirs: readonly string[],
): void {
  if (modelTypes.some((type) => TREES.includes(type))) return;
  const difference = ours.find((champion, i) => champion !== theirs[i]);
  if (difference === undefined && ours.length === theirs.length) return;
  throw new Error(
    `${name}: both sides must do the same work, but Regimen's champions are\n${ours.join('\n')}\nand Python's\n${theirs.join('\n')}`,
  );
}

async function measureGrid(
  files: readonly SymbolFile[],
  grid: BoundGrid,
  runs: number,
): Promise<MeasuredGrid> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn < runs; turn++) pairs.push(await measurePair(files, grid, turn));
  const top = await inFolder(async (folder) => {
    const profiles = join(folder, 'profiles');
    mkdirSync(profiles);
    await regimenSide(folder, files, grid, ['--cpu-prof', '--cpu-prof-dir', profiles]);
    return topFunctions(profiles, 10);
  });
  return { grid, pairs, top };
}

const medianOf = (pairs: readonly Pair[], pick: (pair: Pair) => number) => median(pairs.map(pick));
const ours = (pairs: readonly Pair[]) => medianOf(pairs, ({ regimen }) => regimen.processorSeconds);
const theirs = (pairs: readonly Pair[]) => medianOf(pairs, ({ python }) => python.processorSeconds);
const ratio = (pairs: readonly Pair[]) =>
  medianOf(pairs, ({ regimen, python }) => python.processorSeconds / regimen.processorSeconds);

/** The rows of a Markdown table, as the guide has it. */
function tableOf(measured: readonly MeasuredGrid[]): string {
  const head = ['Grid', 'Pairs', 'Regimen', 'Python', 'Ratio', 'Bound', 'Goal', 'Memory', "Python's"];
  const rows = measured.map(({ grid, pairs }) => [
    grid.title,
    pairs.length,
    `${ours(pairs).toPrecision(3)} s`,
    `${theirs(pairs).toPrecision(3)} s`,
    ratio(pairs).toPrecision(2),
    grid.bound ?? `${grid.seconds} s`,
    grid.goal ?? `${grid.secondsGoal} s`,
    `${medianOf(pairs, ({ regimen }) => regimen.peakMb).toFixed(0)} MB`,
    `${medianOf(pairs, ({ python }) => python.peakMb).toFixed(0)} MB`,
  ]);
  const lines = [head, ['---', ...head.slice(1).map(() => '--:')], ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

function profileOf({ grid, top }: MeasuredGrid): string {
  const lines = top.map(({ name, percent }) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`);
  return `Where Regimen's time goes, ${grid.name}:\n${lines.join('\n')}\n`;
}

function versions(): string {
  const script = join(import.meta.dirname, 'peers/versions.py');
  const found = JSON.parse(execFileSync(peersPython(), ['-I', script], { encoding: 'utf8' })) as object;
  const python = Object.entries(found).map(([name, version]) => `${name} ${version}`);
  const load = loadavg().map((value) => value.toFixed(1));
  return `${python.join(', ')}; Node ${process.versions.node}; ${cpus().length} x ${cpus()[0]?.model}, load ${load.join(' ')}\n`;
}

function figuresOf({ grid, pairs }: MeasuredGrid): Figure[] {
  const { name, bound, seconds } = grid;
  const ratioFigure = { name: `${name}: processor time, Python / Regimen`, value: ratio(pairs), unit: 'x' };
  return [
    bound === undefined ? ratioFigure : { ...ratioFigure, atLeast: bound },
    { name: `${name}: Regimen`, value: ours(pairs), unit: 'processor s', atMost: seconds },
    { name: `${name}: Python`, value: theirs(pairs), unit: 'processor s' },
    {
      name: `${name}: memory of Regimen`,
      value: medianOf(pairs, ({ regimen }) => regimen.peakMb),
      unit: 'MB',
    },
    { name: `${name}: memory of Python`, value: medianOf(pairs, ({ python }) => python.peakMb), unit: 'MB' },
  ];
}

export const peersSubject: Subject = {
  name: 'peers',
  title: 'whole grids beside a Python pipeline, processor time from start to end, two workers each',
  parts: GRIDS.map(({ name }) => name),
  async measure(runs = 3, parts) {
    if (!hasPeers()) {
      process.stderr.write('Python pipeline: skipped, the test peers are not there (npm run peers).\n');
      return { data: 'none', runs: 0, figures: [] };
    }
    const grids = GRIDS.filter(({ name }) => parts === undefined || parts.includes(name));
    return await inFolder(async (folder) => {
      const files = marketFiles(folder);
      await warmUp(files);
      const measured: MeasuredGrid[] = [];
      for (const grid of grids) {
        const done = await measureGrid(files, grid, runs);
        measured.push(done);
        process.stderr.write(`${tableOf([done])}${profileOf(done)}`);
      }
      process.stderr.write(`${tableOf(measured)}${versions()}`);
      const real = isReal() ? 'real candles' : 'the synthetic demo market';
      return {
        data: `${files.map(({ symbol }) => symbol).join(' and ')}, ${real}`,
        runs,
        figures: measured.flatMap(figuresOf),
      };
    });
  },
};

/** Machine code that both sides keep from run to run is made before anything is measured. */
async function warmUp(files: readonly SymbolFile[]): Promise<void> {
  const grid = {
    ...WHOLE,
    timeframes: ['H4'],
    symbols: 1,
    daysHistory: [60],
    horizons: [3],
    modelTypes: ALL,
  };
  await inFolder((folder) => regimenSide(folder, files, grid));
  await inFolder((folder) => pythonSide(folder, files, grid));
}
