import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RawInput } from '../contract/api/index.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { BEST_EVIDENCE_FIRST } from '../contract/verdict.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { parseCsv } from '../testing/parse-csv.ts';

/** What a champion's page and the head of Evidence show of validations. */

const { createWorkspace, open } = useEngines();

const GRID = {
  model_types: ['ridge'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H4'],
  days_history: [60],
  horizons: [3],
};

const rank = ({ verdict }: ChampionDto) => BEST_EVIDENCE_FIRST.indexOf(verdict);

async function validate(engine: Engine, input: RawInput<'validation.create'>): Promise<number> {
  const { queueId, validations } = await engine.call('validation.create', input);
  await train(engine, queueId);
  return validations[0]!;
}

test('a champion has the newest validation of each scheme, the one that decides first, with its curve', async () => {
  const workspace = createWorkspace();
  const engine = open(workspace);
  await train(engine, GRID);
  const [champion] = await engine.call('champions.list', {});
  const of = { champion: champion!.champion };
  expect(await engine.call('evidence.validations', of)).toEqual([]);
  await expect(engine.call('evidence.curve', { id: 1 })).rejects.toMatchObject({ code: 'not-found' });

  const own = { subject: of, scheme: 'own' } as const;
  await validate(engine, { ...own, folds: 2 });
  const long = await validate(engine, { ...own, folds: 9 });
  const short = await validate(engine, { subject: of, scheme: 'full', folds: 2 });
  // Of the market, not of this champion.
  const market = { symbol: 'DEMO_EURUSD', timeframe: 'H4', modelType: 'ridge' } as const;
  await validate(engine, { subject: market, scheme: 'full', folds: 2 });
  const begun = await engine.call('validation.create', { subject: of, scheme: 'quick' });

  const found = await engine.call('evidence.validations', of);
  expect(found.map(({ id, decisive }) => [id, decisive])).toEqual([
    [long, true],
    [begun.validations[0], false],
    [short, false],
  ]);
  const dto = await engine.call('validation.get', { id: long });
  expect(found[0]).toMatchObject({
    scheme: 'own',
    subject: 'model',
    folds: dto.folds.length,
    pending: 0,
    verdict: dto.verdict,
  });
  expect(found[0]!.outOfSample).toMatchObject({ sharpe: dto.stitched.sharpe, t: dto.stitched.t });
  expect(found[1]).toMatchObject({ scheme: 'quick', pending: 5, outOfSample: null, verdict: null });
  expect((await engine.call('champions.list', {}))[0]!.outOfSample).toEqual(found[0]!.outOfSample);

  const csv = join(workspace, 'history.csv');
  await engine.call('history.export', { csv });
  const [head = [], line = []] = parseCsv(readFileSync(csv, 'utf8'));
  const cell = (column: string) => line[head.indexOf(column)];
  const [best] = (await engine.call('champions.list', {})).toSorted((a, b) => rank(a) - rank(b));
  expect(cell('verdict')).toBe(best!.verdict);
  expect(cell('p')).toBe(String(best!.p));
  expect(cell('out_of_sample_sharpe')).toBe(String(best!.outOfSample?.sharpe ?? ''));
  expect(cell('standard_error')).toBe(String(best!.outOfSample?.sharpeError ?? ''));

  const out = join(workspace, 'champions.csv');
  const all = await engine.call('champions.list', {});
  expect(await engine.call('champions.export', { csv: out })).toEqual({ file: out, champions: all.length });
  await expect(engine.call('champions.export', { csv: out })).rejects.toMatchObject({ code: 'conflict' });
  const [names = [], ...rows] = parseCsv(readFileSync(out, 'utf8'));
  const text = (value: unknown) => String(value ?? '');
  const columns = [
    'champion',
    'verdict',
    'p',
    'out_of_sample_sharpe',
    'standard_error',
    'model_type',
    'holdout_sharpe',
  ];
  expect(rows.map((row) => columns.map((column) => row[names.indexOf(column)]))).toEqual(
    all.map((c) => [
      c.champion,
      c.verdict,
      text(c.p),
      text(c.outOfSample?.sharpe),
      text(c.outOfSample?.sharpeError),
      'ridge',
      // Its look is not spent.
      '',
    ]),
  );

  const curve = await engine.call('evidence.curve', { id: long });
  expect(curve.folds.map(({ counted }) => counted)).toEqual(dto.folds.map(({ counted }) => counted));
  expect(curve.folds.some(({ counted }) => !counted)).toBe(true);
  expect(Math.expm1(curve.net.at(-1)! / 100)).toBeCloseTo(dto.stitched.return!, 12);
  expect(curve.hold).not.toBeNull();
  expect(curve.band!.low.some((low, i) => low < curve.band!.high[i]!)).toBe(true);
  // Test windows lie before the holdout, so the curve shows none of it.
  expect(curve.days.at(-1)! < champion!.holdoutLook.from!).toBe(true);
});

test('procedures stand apart, each with its curve', async () => {
  const engine = open(createWorkspace());
  const id = await validate(engine, { subject: { grid: GRID }, scheme: 'own', folds: 5 });
  const [procedure, ...others] = await engine.call('evidence.validations', {});
  expect(others).toEqual([]);
  expect(procedure).toMatchObject({
    id,
    subject: 'procedure',
    decisive: true,
    folds: 5,
    symbol: 'DEMO_EURUSD',
  });
  const dto = await engine.call('validation.get', { id });
  const curve = await engine.call('evidence.curve', { id });
  expect(curve.folds).toHaveLength(5);
  expect(Math.expm1(curve.net.at(-1)! / 100)).toBeCloseTo(dto.stitched.return!, 12);
});
