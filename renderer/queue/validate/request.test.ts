import { expect, it } from 'vitest';
import { validationInputs } from '../../../engine/contract/api/validation.ts';
import { jobCommand } from '../../../engine/contract/job-command.ts';
import { jobRequestSchema } from '../../../engine/contract/job-request.ts';
import { walkForwardRequest } from '../../../engine/contract/job-request-of.ts';
import { parametersOf } from '../../ui/json-schema.ts';
import { EMPTY_DRAFT, type ValidateDraft } from './draft.ts';
import { MODES, modesOf, reasonAgainst, SUBJECTS } from './modes.ts';
import { foldsInForce, requestOf } from './request.ts';

const PARAMETERS = parametersOf({
  properties: {
    alpha: { type: 'number', minimum: 0, default: 1 },
    early: { type: 'boolean', default: false },
  },
});
const MARKET = { symbols: ['EURUSD'], timeframe: 'H1', modelType: 'ridge' } as const;
const GRID = {
  model_types: ['ridge'],
  symbols: ['EURUSD'],
  timeframes: ['H1'],
  days_history: [60],
  horizons: [6],
  encoders: ['normalized'],
} as const;

const draft = (changes: Partial<ValidateDraft>): ValidateDraft => ({ ...EMPTY_DRAFT, ...changes });
const asked = (changes: Partial<ValidateDraft>) => requestOf(draft(changes), PARAMETERS);

it.each<[Partial<ValidateDraft>, string]>([
  [{}, 'Choose symbol and timeframe.'],
  [{ symbols: ['EURUSD'] }, 'Choose a timeframe.'],
  [{ timeframe: 'H1' }, 'Choose a symbol.'],
  [{ ...MARKET, hyperparameters: { alpha: '-1' } }, 'Correct the fields that are marked.'],
  [{ subject: 'run', run: ' ' }, 'Choose a run: its number, or its UUID.'],
  [{ subject: 'champion' }, 'Choose a champion.'],
  [{ subject: 'grid' }, 'Choose a job with a grid, or the file of one.'],
])('%o is asked to be completed', (changes, missing) => {
  expect(asked(changes)).toEqual({ input: null, missing });
});

const LINE = 'validate';

it.each<[Partial<ValidateDraft>, object, string]>([
  [
    MARKET,
    { subject: { symbol: 'EURUSD', timeframe: 'H1', modelType: 'ridge' }, scheme: 'quick' },
    `${LINE} quick EURUSD H1 --model-type ridge`,
  ],
  [
    {
      ...MARKET,
      symbols: ['EURUSD', 'GBPUSD', 'USDJPY'],
      hyperparameters: { alpha: ' 0.5 ', early: 'true' },
      mode: 'full',
      testPeriodDays: 30,
      minTrainDays: 90,
      expandingWindow: false,
      folds: 5,
    },
    {
      subject: {
        symbols: ['EURUSD', 'GBPUSD', 'USDJPY'],
        timeframe: 'H1',
        modelType: 'ridge',
        hyperparameters: { alpha: 0.5, early: true },
      },
      scheme: 'full',
      testPeriodDays: 30,
      minTrainDays: 90,
      expandingWindow: false,
      folds: 5,
    },
    `${LINE} full EURUSD H1 --symbols GBPUSD,USDJPY --model-type ridge --parameters alpha=0.5,early=true --test-period-days 30 --min-train-days 90 --fixed --folds 5`,
  ],
  [
    { subject: 'run', run: ' 12 ', mode: 'own', minTrainDays: 90, expandingWindow: true },
    { subject: { runId: '12' }, scheme: 'own' },
    `${LINE} own --run 12`,
  ],
  [
    { subject: 'champion', champion: 'EURUSD/H1/bull_trending/2', mode: 'own' },
    { subject: { champion: 'EURUSD/H1/bull_trending/2' }, scheme: 'own' },
    `${LINE} own --champion EURUSD/H1/bull_trending/2`,
  ],
  [
    { ...MARKET, mode: 'sequential', goesOn: true },
    { subject: { symbol: 'EURUSD', timeframe: 'H1', modelType: 'ridge' }, scheme: 'sequential' },
    `${LINE} sequential EURUSD H1 --model-type ridge --yes`,
  ],
  [
    { subject: 'champions', mode: 'own', folds: 6 },
    { subject: { champions: 'all' }, scheme: 'own', folds: 6 },
    `${LINE} champions --folds 6`,
  ],
  [
    { subject: 'grid', mode: 'own', grid: { spec: GRID, file: "it's mine.yaml", queueId: null } },
    { subject: { grid: GRID }, scheme: 'own' },
    `${LINE} own --grid GRID.yaml`,
  ],
] as [Partial<ValidateDraft>, object, string][])('asks for %o', (changes, input, line) => {
  const request = asked(changes);
  expect(request.input).toEqual(input);
  expect(validationInputs['validation.preview'].safeParse(request.input).success).toBe(true);
  const written = walkForwardRequest({ ...request.input!, yes: draft(changes).goesOn });
  expect(jobCommand(jobRequestSchema.parse(written)).words.join(' ')).toBe(line);
});

it('has the lengths of the scheme until others are set', () => {
  expect(foldsInForce(draft({}))).toMatchObject({ testPeriodDays: 60, minTrainDays: 180, folds: 3 });
  expect(foldsInForce(draft({ mode: 'full', folds: 7, testPeriodDays: 30 }))).toMatchObject({
    testPeriodDays: 30,
    minTrainDays: 120,
    expandingWindow: true,
    folds: 7,
  });
  expect(foldsInForce(draft({ mode: 'own' }))).toMatchObject({ minTrainDays: null, folds: null });
});

it('says of each mode that does not go with a subject why', () => {
  for (const { kind } of SUBJECTS) {
    const fitting = modesOf(kind);
    expect(fitting.length).toBeGreaterThan(0);
    for (const { mode } of MODES) {
      expect(reasonAgainst(mode, kind) === null, `${mode} of ${kind}`).toBe(fitting.includes(mode));
    }
  }
});
