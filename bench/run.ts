import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { agentSubject } from './agent.ts';
import { calibrationSubject } from './calibration.ts';
import { candlesSubject } from './candles.ts';
import { chartSubject } from './chart.ts';
import { classifiersSubject } from './classifiers.ts';
import { commitsSubject } from './commits.ts';
import { configurationSubject } from './configuration.ts';
import { earnedSubject } from './earned.ts';
import { featuresSubject } from './features.ts';
import { fitsSubject } from './fits.ts';
import { framesSubject } from './frames.ts';
import { fullGridSubject, gridSubject } from './grid.ts';
import { importSubject } from './import.ts';
import { linearSubject } from './linear.ts';
import { luckSubject } from './luck.ts';
import { peersSubject } from './peers.ts';
import { placesSubject } from './places.ts';
import { queueScaleSubject } from './queue-scale.ts';
import { recursionSubject } from './recursion.ts';
import { robustnessSubject } from './robustness.ts';
import { scaleSubject } from './scale.ts';
import { simulatedScaleSubject } from './scale-simulated.ts';
import { searchSubject } from './search.ts';
import { signalsSubject } from './signals.ts';
import { soakSubject } from './soak.ts';
import { statisticsSubject } from './statistics.ts';
import { strategiesSubject } from './strategies.ts';
import type { Figure, Subject } from './subject.ts';
import { treesSubject } from './trees.ts';
import { treesLargeSubject } from './trees-large.ts';
import { updatesSubject } from './updates.ts';
import { walkForwardSubject } from './walk-forward.ts';
import { yearSubject } from './year.ts';

/**
 * `npm run -s bench -- [subject …] [--runs N] [--grid NAME …] [--minutes N] [--keep FOLDER]`: measures all subjects but `calibration`, `earned` and `soak`, or those named, of
 * `peers` and `scale` all grids or those named; `soak` takes an hour, or so many minutes; `scale --simulate` what more
 * threads than there are would reach, `year --runs N` a year of so many runs, with `--keep` in a folder that stays. Figures go to stdout as one JSON document, a line for each to stderr.
 */

const SUBJECTS: readonly Subject[] = [
  importSubject,
  featuresSubject,
  linearSubject,
  strategiesSubject,
  statisticsSubject,
  gridSubject,
  treesSubject,
  treesLargeSubject,
  classifiersSubject,
  fitsSubject,
  configurationSubject,
  recursionSubject,
  robustnessSubject,
  signalsSubject,
  fullGridSubject,
  scaleSubject,
  commitsSubject,
  queueScaleSubject,
  framesSubject,
  chartSubject,
  placesSubject,
  candlesSubject,
  luckSubject,
  updatesSubject,
  agentSubject,
  walkForwardSubject,
  searchSubject,
  peersSubject,
  calibrationSubject,
  earnedSubject,
  soakSubject,
  yearSubject,
];

function selected(names: readonly string[]): readonly Subject[] {
  const known = SUBJECTS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    fail(`There is no benchmark "${unknown}". There are ${known.join(', ')}.`);
  }
  return SUBJECTS.filter(({ name, isLong }) => (names.length === 0 ? isLong !== true : names.includes(name)));
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(3);
}

/** Whether a figure keeps its bound; undefined where it has none. */
function kept({ value, atMost, atLeast }: Figure): boolean | undefined {
  if (atMost === undefined && atLeast === undefined) return undefined;
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
}

function figureText(figure: Figure): string {
  const { name, value, unit, atMost, atLeast } = figure;
  const bound =
    atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : '';
  const verdict = { true: `, ${bound}`, false: `, MISSED: ${bound}`, undefined: '' }[String(kept(figure))];
  return `  ${name}: ${value.toPrecision(3)} ${unit}${verdict}\n`;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    grid: { type: 'string', multiple: true },
    minutes: { type: 'string' },
    simulate: { type: 'boolean' },
    keep: { type: 'string' },
  },
});

function wholeNumber(name: 'runs' | 'minutes'): number | undefined {
  const text = options[name];
  const value = text === undefined ? undefined : Number(text);
  if (value === undefined || (Number.isInteger(value) && value > 0)) return value;
  return fail(`--${name}: expected a whole number above 0, found "${text}".`);
}

const runs = wholeNumber('runs');
const minutes = wholeNumber('minutes');

const chosen = selected(positionals).map((subject) =>
  options.simulate === true && subject === scaleSubject ? simulatedScaleSubject : subject,
);
const parts = chosen.flatMap((subject) => subject.parts ?? []);
const unknownGrid = options.grid?.find((name) => !parts.includes(name));
if (unknownGrid !== undefined) {
  fail(
    `--grid: there is no grid "${unknownGrid}" in what is measured. There are ${parts.join(', ') || 'none'}.`,
  );
}

const machine = {
  processor: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryMb: Math.round(totalmem() / 1024 / 1024),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  loadAverage: loadavg()[0],
};
const subjects = [];
for (const { name, title, measure } of chosen) {
  const measurement = await measure(runs, options.grid, minutes, options.keep);
  process.stderr.write(`${name}: ${title} (${measurement.data}; median of ${measurement.runs})\n`);
  for (const figure of measurement.figures) process.stderr.write(figureText(figure));
  const figures = measurement.figures.map((figure) => ({ ...figure, kept: kept(figure) }));
  subjects.push({ name, title, ...measurement, figures });
}
process.stdout.write(`${JSON.stringify({ machine, subjects }, null, 2)}\n`);
