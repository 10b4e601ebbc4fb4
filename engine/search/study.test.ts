import { describe, expect, it } from 'vitest';
import { createPrng } from '../random/prng.ts';
import { randomSampler, tpeSampler } from './sampler.ts';
import type { Parameters, SearchSpace } from './space.ts';
import { createStudy, type PlannedTrial, type StudyOptions, type TrialOutcome } from './study.ts';

const SPACE: SearchSpace = [
  { name: 'x', domain: { type: 'float', low: 0, high: 1 } },
  { name: 'n', domain: { type: 'int', low: 1, high: 4 } },
];
const OPTIONS: StudyOptions = {
  space: SPACE,
  sampler: tpeSampler(),
  pruner: 'wilcoxon',
  seed: 9,
  trials: 40,
  workers: 1,
};

function outcomeOf({ x, n }: Parameters): TrialOutcome {
  const loss = (x as number) + Math.abs((n as number) - 2);
  return { state: 'completed', folds: [{ loss, parts: [loss, loss] }] };
}

/** Runs a study with as many trials under way as there are workers, which end in a random order. */
function run(options: StudyOptions, shuffle: number): readonly PlannedTrial[] {
  const study = createStudy(options);
  const prng = createPrng(shuffle);
  const open: PlannedTrial[] = [];
  for (;;) {
    while (open.length < options.workers) {
      const trial = study.next();
      if (trial === undefined) break;
      open.push(trial);
    }
    if (open.length === 0) break;
    const [ended] = open.splice(prng.int(open.length), 1);
    study.tell(ended!.number, outcomeOf(ended!.parameters));
  }
  expect(study.isOver).toBe(true);
  return study.planned;
}

describe('a study', () => {
  it.each([1, 2, 5])('is the same with %i workers whatever ends first', (workers) => {
    const options = { ...OPTIONS, workers };
    const first = run(options, 1);
    expect(first).toHaveLength(40);
    expect(run(options, 2)).toEqual(first);
    expect(run(options, 3)).toEqual(first);
  });

  it('sees less with more workers', () => {
    expect(run({ ...OPTIONS, workers: 4 }, 1)).not.toEqual(run(OPTIONS, 1));
  });

  it('waits for what the next trial has to know', () => {
    const study = createStudy({ ...OPTIONS, workers: 2 });
    expect(study.next()?.number).toBe(0);
    expect(study.next()?.number).toBe(1);
    expect(study.next()).toBeUndefined();
    study.tell(1, outcomeOf({ x: 0, n: 1 }));
    expect(study.next()).toBeUndefined();
    study.tell(0, outcomeOf({ x: 0, n: 1 }));
    expect(study.next()?.number).toBe(2);
    expect(study.isOver).toBe(false);
  });

  it('begins with what it is given first', () => {
    const first = [
      { x: 0.25, n: 3 },
      { x: 0.5, n: 2 },
    ];
    const trials = run({ ...OPTIONS, first }, 1);
    expect(trials.slice(0, 2).map(({ parameters }) => parameters)).toEqual(first);
  });

  it('ends after so many trials without a better one', () => {
    const study = createStudy({ ...OPTIONS, sampler: randomSampler, patience: 5 });
    let count = 0;
    for (let trial = study.next(); trial !== undefined; trial = study.next()) {
      count++;
      const loss = trial.number === 3 ? 0 : 1;
      study.tell(trial.number, { state: 'completed', folds: [{ loss, parts: [] }] });
    }
    expect(count).toBe(9);
    expect(study.isOver).toBe(true);
    expect(study.best()).toMatchObject({ number: 3, loss: 0 });
  });

  it('names the first trial of the same parameters', () => {
    const space: SearchSpace = [{ name: 'n', domain: { type: 'int', low: 1, high: 2 } }];
    const trials = run({ ...OPTIONS, space, trials: 6 }, 1);
    const firsts = new Map<string, number>();
    for (const { number, parameters, sameAs } of trials) {
      const key = JSON.stringify(parameters);
      expect(sameAs).toBe(firsts.get(key) ?? null);
      if (!firsts.has(key)) firsts.set(key, number);
    }
    expect(firsts.size).toBeLessThanOrEqual(2);
  });

  it('has one trial where nothing can be varied', () => {
    expect(run({ ...OPTIONS, space: [] }, 1)).toHaveLength(1);
  });

  it('never takes a pruned or failed trial for its best', () => {
    const study = createStudy({ ...OPTIONS, trials: 3 });
    const fold = (loss: number) => ({ loss, parts: [loss] });
    const states = ['pruned', 'failed', 'completed'] as const;
    for (const [i, state] of states.entries()) {
      const { number } = study.next()!;
      study.tell(number, { state, folds: state === 'failed' ? [] : [fold(i)] });
    }
    expect(study.best()).toMatchObject({ number: 2, loss: 2 });
  });

  it('refuses a trial that it does not know, or knows already', () => {
    const study = createStudy(OPTIONS);
    const { number, parameters } = study.next()!;
    expect(() => study.tell(number + 1, outcomeOf(parameters))).toThrow('not planned');
    study.tell(number, outcomeOf(parameters));
    expect(() => study.tell(number, outcomeOf(parameters))).toThrow('twice');
  });
});
