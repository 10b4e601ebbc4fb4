import { describe, expect, it } from 'vitest';
import type { ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import { fold, foldFigures, validation } from '../../../engine/contract/testing/validation.ts';
import { criteriaText } from './criteria.ts';
import { validationsText, validationText } from './validation.ts';
import { validationJson, validationRowJson } from './validation-json.ts';
import { planText } from './validation-plan.ts';

const squeezed = (text: string) => text.split('\n').map((line) => line.replace(/ +/g, ' ').trim());

describe('what a validation came to', () => {
  it('has a line of each fold, each figure beside its base rate, their average and the stitched curve', () => {
    const text = validationText(validation());
    const lines = squeezed(text);
    expect(lines[0]).toBe(
      'Validation 7 (quick) of EURUSD H1, job 12: ridge EURUSD H1, 180 days, 6 bars ahead, normalized; direct, mean, confidence threshold 0, lookback 100',
    );
    const figures = '0.52 (0.51) 0.61 (1.00) 0.53 (0.51) 0.57 (0.68) 0.54 (0.50) 0.041 ± 0.021 1.2 ± 2.5 55';
    expect(lines).toContain(`Fold 1/2 2024-07-01 to 2024-08-30 1,024 ${figures} 48`);
    expect(lines).toContain(`Aging 1/1 2024-07-01 to 2024-08-30 1,024 ${figures} 48`);
    expect(lines).toContain(`Average of 2 folds ${figures} 48.0`);
    expect(lines).toContain(
      'Stitched, 2 folds and 2,048 bars: Sharpe 1.2 ± 1.7, t 0.82, p 0.206; return 2.1 %, drawdown 4.3 %, 96 trades, 50 % of the folds earned something.',
    );
    expect(lines).toContain(
      'Aging of the first model, mean age of the window: 30 days: Spearman 0.041, Sharpe 1.2; 90 days: Spearman 0.041, Sharpe 1.2. A month of age: Spearman −0.012, Sharpe +0.3.',
    );
    const table = text.split('\n').slice(2, 7);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(160);
    expect(text).not.toContain('○');
  });

  it('ends with the verdict, its reason, and what would settle it', () => {
    // 2,048 ((1.645 / 0.82)^2 - 1)
    expect(squeezed(validationText(validation())).at(-1)).toBe(
      'Verdict: no evidence. Out of sample over 2 folds a Sharpe of 1.2 ± 1.7. At this rate some 6,195 more bars would be evidence.',
    );
    const { stitched } = validation();
    const lost = validation({ stitched: { ...stitched, t: -0.3 } });
    expect(validationText(lost)).toMatch(/ No number of bars like these would be evidence\.$/);
    const reason = { verdict: 'contradicted', verdictReason: 'It lost.' } as const;
    expect(validationText(validation(reason))).toMatch(/\n\nVerdict: contradicted\. It lost\.$/);
    expect(validationText(validation({ verdict: null, verdictReason: null }))).toMatch(
      /No verdict: no fold counts\.$/,
    );
  });

  it('says which folds count for nothing, which failed and which are missing', () => {
    const folds = [
      fold(0, { counted: false }),
      fold(1, { state: 'failed', metrics: null, error: 'Too little memory.' }),
      fold(2, { state: 'pending', metrics: null }),
    ];
    const none = { ...validation().stitched, folds: 0, sharpe: null, t: null, p: null };
    const open = { verdict: null, met: null, aging: null, missingFolds: 3 } as const;
    const text = validationText(
      validation({ champion: 'EURUSD/H1/bull', folds, stitched: none, average: foldFigures({}), ...open }),
    );
    expect(text).toMatch(/^Validation 7 \(quick\) of EURUSD\/H1\/bull, /);
    const lines = squeezed(text);
    expect(lines).toContainEqual(expect.stringMatching(/^Fold 1\/3 ○ 2024-07-01/));
    expect(lines).toContain('○ tested on bars that models were chosen on: shown, and counted nowhere.');
    expect(lines).toContain('Fold 2/3 failed: Too little memory.');
    expect(lines).toContain('Fold 3/3 2024-07-01 to 2024-08-30 1,024 – – – – – – – – –');
    expect(lines).toContain('No fold counts yet, so there is no out-of-sample curve.');
    expect(lines).toContain('The data is too short for 3 more of the folds that were asked for.');
    expect(lines.at(-1)).toBe('1 fold still to compute: no verdict before.');
    expect(text).not.toContain('Aging');
  });
});

describe('a procedure', () => {
  const { stitched } = validation();
  const dto = validation({
    subject: 'procedure',
    scheme: 'own',
    aging: null,
    folds: [fold(0), fold(1)],
    regimes: [
      { regime: 'bear', folds: 1, stitched: { ...stitched, sharpe: -0.4, trades: 12, return: -0.01 } },
      { regime: 'bull', folds: 2, stitched },
    ],
  });

  it('has a line of each regime, and says why only what was earned is asked for', () => {
    const lines = squeezed(validationText(dto));
    expect(lines).toContain('Alone in Folds Sharpe Trades Return');
    expect(lines).toContain('bear 1/2 −0.4 ± 1.7 12 −1.0 %');
    expect(lines).toContain('bull 2/2 1.2 ± 1.7 96 2.1 %');
    expect(lines).toContainEqual(expect.stringMatching(/^Several models forecast in turn/));
    expect(validationText({ ...dto, regimes: [] })).toContain('\n\nNo fold had a champion.\n\n');
    expect(validationText(validation())).not.toMatch(/Alone in|in turn/);
  });

  it('has its regimes in the document', () => {
    expect(validationJson(dto)).toMatchObject({
      regimes: [
        {
          regime: 'bear',
          folds: 1,
          sharpe: -0.4,
          standard_error: 1.74,
          trades: 12,
          max_drawdown: 0.043,
          return: -0.01,
        },
        { regime: 'bull', folds: 2, sharpe: 1.23 },
      ],
    });
  });
});

describe('criteria', () => {
  it('are met or missed, with the distance and what usually helps', () => {
    expect(squeezed(criteriaText(validation().criteria))).toEqual([
      'Criterion Asked Found Base Distance',
      'Spearman at least 0.030 0.041 – +0.011 met',
      'Sharpe less its error above 0.00 −0.51 – −0.51 MISSED',
      '1 of 2 criteria is missed. What usually helps:',
      expect.stringMatching(/^Sharpe: fewer trades/),
    ]);
  });

  it('have their base rate and unit, and need no help where all are met', () => {
    const common = { errors: 0, met: true } as const;
    const text = criteriaText([
      {
        ...common,
        metric: 'accuracy',
        bound: 'least',
        threshold: 0.6,
        value: 0.62,
        baseRate: 0.55,
        distance: 0.02,
      },
      {
        ...common,
        metric: 'max_drawdown',
        bound: 'most',
        threshold: 0.2,
        value: 0.05,
        baseRate: null,
        distance: 0.15,
      },
      {
        ...common,
        metric: 'trades',
        bound: 'least',
        threshold: 30,
        value: 1200,
        baseRate: null,
        distance: 1170,
      },
      {
        ...common,
        metric: 'roc_auc',
        errors: 2,
        bound: 'above',
        threshold: 0.5,
        value: null,
        baseRate: null,
        distance: null,
        met: false,
      },
    ]);
    const lines = squeezed(text);
    expect(lines).toContain('Accuracy at least 0.60 0.62 0.55 +0.02 met');
    expect(lines).toContain('Drawdown at most 20.0 % 5.0 % – +15.0 % met');
    expect(lines).toContain('Trades at least 30 1,200 – +1,170 met');
    expect(lines).toContain('ROC AUC less 2 errors above 0.50 – – – MISSED');
    const met = validation().criteria.filter((criterion) => criterion.met);
    expect(squeezed(criteriaText(met)).at(-1)).toBe('All criteria are met.');
  });
});

describe('a job that waits for an answer', () => {
  const waiting = validation({ jobState: 'awaiting_confirmation' });

  it('is said, and how it is answered', () => {
    expect(validationText(waiting)).toMatch(
      /Job 12 waits for an answer .*`regimen validate confirm 12`, or with --no\.$/,
    );
    expect(validationText(validation())).not.toContain('waits');
    expect(validationsText([waiting])).toContain('12, awaiting confirmation');
    expect(validationJson(waiting)).toMatchObject({ job_state: 'awaiting_confirmation' });
    expect(validationRowJson(validation())).toMatchObject({
      job_state: 'completed',
      stored_bytes: 20_480,
    });
  });
});

describe('JSON', () => {
  it('is the document of a validation', () => {
    const json = validationJson(validation());
    expect(json).toMatchObject({ job_id: 12, scheme: 'quick', met: false, verdict: 'none' });
    expect(Object.keys(json)).toEqual([
      'job_id',
      'scheme',
      'folds',
      'average',
      'stitched',
      'criteria',
      'met',
      'verdict',
    ]);
    expect(json.folds[2]).toEqual({
      index: 2,
      kind: 'aging',
      train: { from: '2024-01-01T00:00:00.000Z', to: '2024-06-29T00:00:00.000Z', bars: 3000 },
      test: { from: '2024-07-01T00:00:00.000Z', to: '2024-08-30T00:00:00.000Z', bars: 1024 },
      metrics: expect.objectContaining({ accuracy: 0.524, spearman: 0.0412, trades: 48 }),
    });
    expect(json.average).toMatchObject({ roc_auc: 0.54 });
    expect(json.stitched).toEqual({
      sharpe: 1.23,
      standard_error: 1.74,
      t: 0.82,
      p: 0.206,
      trades: 96,
      max_drawdown: 0.043,
      return: 0.021,
    });
    expect(json.criteria[1]).toEqual({
      metric: 'sharpe',
      threshold: 0,
      value: -0.51,
      base_rate: null,
      met: false,
    });
    expect(validationJson(validation({ folds: [fold(0, { metrics: null })] })).folds[0]!.metrics).toBeNull();
  });

  it('of a list says what each is of, without its folds', () => {
    expect(validationRowJson(validation({ champion: 'EURUSD/H1/bull', regime: 'bull' }))).toMatchObject({
      id: 7,
      symbol: 'EURUSD',
      timeframe: 'H1',
      regime: 'bull',
      champion: 'EURUSD/H1/bull',
      job_id: 12,
      folds: 3,
      verdict: 'none',
    });
  });
});

it('lists validations, a line of each', () => {
  const open = { met: null, verdict: null, folds: [fold(0, { state: 'pending' })] } as const;
  const lines = squeezed(
    validationsText([validation(), validation({ id: 8, regime: 'bull', met: true }), validation(open)]),
  );
  expect(lines.slice(1)).toEqual([
    '7 12 quick EURUSD/H1 ridge 3/3 1.2 ± 1.7 96 0.82 1 missed no evidence',
    '8 12 quick EURUSD/H1/bull ridge 3/3 1.2 ± 1.7 96 0.82 met no evidence',
    '7 12 quick EURUSD/H1 ridge 0/1 1.2 ± 1.7 96 0.82 – –',
  ]);
  expect(validationsText([])).toContain('validate quick SYMBOL TIMEFRAME');
});

describe('before it starts', () => {
  const { symbol, timeframe, title, regime, runId, champion } = validation();
  const { testPeriodDays, trainDays, expandingWindow } = validation();
  const planned = {
    symbol,
    timeframe,
    title,
    regime,
    runId,
    champion,
    testPeriodDays,
    trainDays,
    expandingWindow,
  };
  const folds = validation().folds.map((one) => ({ ...one, known: false }));
  const plan: ValidationPreviewDto = {
    scheme: 'quick',
    validations: [{ ...planned, folds, missingFolds: 0, movedDays: 0 }],
    toTrain: 2,
    estimate: { seconds: 12, bytes: 19_500 },
    problems: [],
    notes: ['It was moved.'],
    next: null,
  };

  it('says what the mode is for, how many folds of which dates, time and disk', () => {
    expect(planText(plan).split('\n')).toEqual([
      expect.stringMatching(/^Quick: .* It can reject, hardly confirm\.$/),
      `EURUSD H1: 2 folds of 60 days and 1 to see it age, tests from 2024-07-01 to 2024-08-30, trained on 180 days; ${title}`,
      '2 models to train: about 12 s and 19.5 kB, measured on folds of this workspace',
      'note: It was moved.',
    ]);
  });

  it('of a sequential job says what would follow', () => {
    const estimate = { seconds: null, bytes: null };
    const sequential = { ...plan, scheme: 'sequential', next: { ...plan, scheme: 'full' } } as const;
    expect(planText(sequential)).toMatch(/^Sequential: quick, its criteria, and full/);
    expect(planText(sequential)).toContain('\nIf it goes on: full, 3 folds, about 12 s and 19.5 kB\n');
    expect(planText({ ...sequential, next: { ...plan, estimate } })).toContain('full, 3 folds\n');
  });

  it('says so where there is no estimate, nothing to train, and much', () => {
    const one = plan.validations[0]!;
    const estimate = { seconds: null, bytes: null };
    expect(planText({ ...plan, estimate })).toContain('2 models to train; no estimate of time yet');
    expect(planText({ ...plan, toTrain: 0 })).toContain('Nothing to train: all folds were computed before.');
    const many = planText({ ...plan, validations: Array.from({ length: 15 }, () => one) });
    expect(many.match(/EURUSD H1: /g)).toHaveLength(12);
    expect(many).toContain('\nand 3 more\n');
    expect(planText({ ...plan, scheme: 'full', validations: [{ ...one, expandingWindow: true }] })).toContain(
      'trained on all data, at first 180 days;',
    );
  });
});
