import { expect, it } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import { registryInputs } from '../contract/api/registry.ts';
import { validationInputs } from '../contract/api/validation.ts';
import { hereDocument } from '../contract/job-command.ts';
import { jobRequestSchema } from '../contract/job-request.ts';
import { productionRequest, walkForwardRequest } from '../contract/job-request-of.ts';
import { trainingOf, validationOf } from './submitted.ts';
import { writtenJob } from './written-job.ts';

it('turns what a form asks for into a request, from which the same is made', () => {
  const asked: RawInput<'validation.create'> = {
    subject: { symbols: ['EURUSD'], timeframe: 'H1', modelType: 'ridge', hyperparameters: { alpha: 2 } },
    scheme: 'sequential',
    testPeriodDays: 30,
    minTrainDays: 200,
    expandingWindow: false,
    folds: 4,
    yes: true,
    name: 'Mine',
  };
  const request = jobRequestSchema.parse(walkForwardRequest(asked));
  const wanted = validationInputs['validation.create'].parse({ ...asked, enqueue: true });
  expect(validationOf(request as never)).toEqual(wanted);

  const training: RawInput<'production.start'> = {
    symbol: 'EURUSD',
    timeframe: 'H1',
    regime: 'ranging',
    modelType: 'ridge',
    target: 'barrier 2:1',
    horizon: 12,
    optimize: true,
    trials: 50,
    period: '2y',
    mode: 'full',
    dryRun: true,
    reason: 'a',
    preset: 'two_errors',
    minAccuracy: 0.5,
    minPrecision: 0.5,
    minRecall: 0.4,
    minF1: 0.3,
    minVerdict: 'none',
    skipValidation: true,
    force: true,
  };
  const trained = jobRequestSchema.parse(productionRequest(training));
  expect(trainingOf(trained as never)).toEqual(registryInputs['production.start'].parse(training));
});

it('says nothing that is so anyway', () => {
  const request = jobRequestSchema.parse({
    kind: 'production',
    symbol: 'EURUSD',
    timeframe: 'H1',
    force: true,
  });
  const { yaml, http } = writtenJob(request, 'http://127.0.0.1:1');
  expect(yaml.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    'kind: production',
    'symbol: EURUSD',
    'timeframe: H1',
    'force: true',
  ]);
  expect(http).toContain("curl -sS -X POST 'http://127.0.0.1:1/api/v1/jobs'");
});

it('ends a text at a mark that it does not hold', () => {
  expect(hereDocument('cat', 'a\nYAML\n')).toBe("cat <<'YAML_'\na\nYAML\nYAML_\n");
});
