import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../engine/app.ts';
import { isReading } from '../../engine/contract/api/effects.ts';
import { apiInputs, type Method, type RawInput } from '../../engine/contract/api/index.ts';
import { type JobRequestInput, jobRequestSchema, sampleRequest } from '../../engine/contract/job-request.ts';
import {
  gridRequest,
  productionRequest,
  searchRequest,
  walkForwardRequest,
} from '../../engine/contract/job-request-of.ts';
import { createOutput } from './output.ts';
import { commandProgram } from './program.ts';
import { captured } from './testing/command-line.ts';

let folder: string;
let engine: Engine;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'copied-'));
  engine = createEngine({ workspace: join(folder, "w o'r"), role: 'command' });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const GRID = {
  name: "Trader's grid $HOME `x`",
  model_types: ['ridge', 'xgboost'],
  symbols: ['EURUSD'],
  timeframes: ['H1' as const],
  days_history: [60, 90],
  horizons: [3],
  targets: ['barrier 2:1'],
  hyperparameters: { ridge: { alpha: [0.1, 1] } },
};
const { name: _name, ...NAMELESS } = GRID;
const PLAIN_GRID = { ...NAMELESS, targets: ['return'] };
/** What forms ask for. */
const ASKED: Readonly<Record<string, JobRequestInput>> = {
  grid: gridRequest({ grid: GRID, retrain: true, skipImpossible: true }),
  'grid without a name': gridRequest({ grid: PLAIN_GRID, retrain: false }),
  search: searchRequest({
    search: {
      ...PLAIN_GRID,
      hyperparameters: {},
      trials: 7,
      space: { ridge: { alpha: { type: 'float', low: 0.1, high: 5 } } },
    },
  } as RawInput<'search.create'>),
  market: walkForwardRequest({
    subject: {
      symbols: ['EURUSD', 'GBPUSD'],
      timeframe: 'H1',
      modelType: 'ridge',
      hyperparameters: { alpha: 0.5 },
    },
    scheme: 'sequential',
    testPeriodDays: 30,
    minTrainDays: 200,
    expandingWindow: true,
    folds: 4,
    yes: true,
  }),
  run: walkForwardRequest({ subject: { runId: '17' }, scheme: 'own', folds: 3 }),
  champion: walkForwardRequest({ subject: { champion: 'EURUSD/H1/bull_trending/2' }, scheme: 'quick' }),
  champions: walkForwardRequest({ subject: { champions: 'all' }, scheme: 'own', testPeriodDays: 45 }),
  'some champions': walkForwardRequest({
    subject: { champions: ['EURUSD/H1/bull_trending', 'GBPUSD/H1/all'] },
    scheme: 'own',
  }),
  procedure: walkForwardRequest({ subject: { grid: GRID }, scheme: 'own' }),
  production: productionRequest({
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'bull_trending',
    modelType: 'ridge',
    target: 'barrier 2:1',
    horizon: 12,
    period: '2y',
    optimize: true,
    trials: 50,
    mode: 'full',
    dryRun: true,
    preset: 'two_errors',
    minAccuracy: 0.55,
    minVerdict: 'none',
    skipValidation: true,
    force: true,
    reason: "Monday's",
  }),
  'sample of a grid': sampleRequest('grid'),
  'sample of a validation': sampleRequest('walk_forward'),
  'sample of a search': sampleRequest('search'),
  'sample of a production training': sampleRequest('production'),
  'every name': productionRequest({ dryRun: true }),
};

/** What a shell makes of a text, in which npm and curl tell what they are given. */
function words(text: string): string[] {
  const stubs = `npm() { shift 4; printf '%s\\0' "$@"; }\ncurl() { cat; }\n`;
  const out = execFileSync('sh', ['-c', stubs + text], { cwd: folder, encoding: 'utf8' });
  return out.split('\0');
}

const OF_METHOD: Partial<Record<Method, (input: never) => JobRequestInput>> = {
  'queue.create': gridRequest,
  'search.create': searchRequest,
  'validation.create': walkForwardRequest,
  'production.train': ({ outputJson: _, overwrite: __, ...asked }: RawInput<'production.train'>) =>
    productionRequest(asked),
  'jobs.submit': ({ request }: RawInput<'jobs.submit'>) => request,
};

/** The request that a command line comes to: it is run up to where it would change something. */
async function asked(argv: readonly string[]): Promise<unknown> {
  let request: unknown;
  const stop = new Error('stopped');
  const call = async (method: Method, input: never) => {
    if (isReading(method)) return engine.call(method, input);
    request = OF_METHOD[method]!(apiInputs[method].parse(input) as never);
    throw stop;
  };
  const { stream } = captured(false);
  const output = createOutput({ json: false }, stream, stream);
  const standIn = { ...engine, call } as unknown as Engine;
  const program = commandProgram(stream, stream, async (definition, input) => {
    if (!('run' in definition)) throw new Error(`${definition.path.join(' ')} asks for no job.`);
    await definition.run(standIn, input, output).catch((error: unknown) => {
      if (error !== stop) throw error;
    });
  });
  await program.parseAsync([...argv], { from: 'user' });
  return request;
}

/** Files that a shell wrote lie in the test's folder. */
const inFolder = (argv: readonly string[]) =>
  argv.map((word) => (word.endsWith('.yaml') ? join(folder, word) : word));

it.each(Object.entries(ASKED))(
  'a copied %s comes to the same request, however it is copied',
  async (_, request) => {
    const wanted = jobRequestSchema.parse(request);
    const { command, http, yaml, file, reads } = await engine.call('jobs.write', { request });
    const written = { command, http, yaml };
    expect(JSON.stringify(written)).not.toContain(folder);

    const argv = inFolder(words(command).slice(0, -1));
    expect(jobRequestSchema.parse(await asked(argv))).toEqual(wanted);

    expect(jobRequestSchema.parse(JSON.parse(words(http)[0]!))).toEqual(wanted);
    expect(http).toContain('"Authorization: Bearer $REGIMEN_TOKEN"');

    writeFileSync(join(folder, file), yaml);
    const read = await asked(inFolder(words(`npm run -s regimen -- ${reads}`).slice(0, -1)));
    expect(jobRequestSchema.parse(read)).toEqual(wanted);
  },
);
