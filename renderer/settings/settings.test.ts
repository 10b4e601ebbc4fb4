import { expect, it } from 'vitest';
import { z } from 'zod';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import { collectChanges, isChanged, readEdit, settingProblems, shownValue } from './edits.ts';
import { costRows, settingSections, settingTitle } from './fields.ts';

const costs = z.strictObject({ spread_pips: z.number().min(0).max(1000) });
const schema = z.strictObject({
  queue: z.strictObject({
    threads: z.union([z.literal('auto'), z.int().min(1).max(256)]),
    skip_already_trained: z.boolean(),
  }),
  inference_grid: z.strictObject({ lookback_windows: z.array(z.int().min(20).max(5000)) }),
  validation: z.strictObject({ criteria: z.strictObject({ quick: z.enum(['auto', 'ranks']) }) }),
  costs: z.strictObject({ default: costs, symbols: z.record(z.string(), costs.partial()) }),
  regimes: z.strictObject({ definitions: z.array(z.unknown()) }),
});
const defaults = {
  queue: { threads: 'auto', skip_already_trained: true },
  inference_grid: { lookback_windows: [50, 100] },
  validation: { criteria: { quick: 'auto' } },
  costs: { default: { spread_pips: 2 }, symbols: { EURUSD: { spread_pips: 1 } } },
  regimes: { definitions: [] },
};
const settings: SettingsDto = {
  file: 'config.yaml',
  text: '',
  renamed: [],
  values: { ...defaults, queue: { threads: 4, skip_already_trained: true } },
  defaults,
  help: { 'queue.threads': 'Worker threads.' },
  schema: z.toJSONSchema(schema, { io: 'input' }),
  note: '',
};
const fields = settingSections(settings).flatMap((section) => section.fields);
const field = (path: string) => fields.find((f) => f.path === path)!;

it('makes a field of every value but regimes, which have their own place', () => {
  expect(fields.map((f) => f.path)).toEqual([
    'queue.threads',
    'queue.skip_already_trained',
    'inference_grid.lookback_windows',
    'validation.criteria.quick',
    'costs.default.spread_pips',
  ]);
  expect(field('validation.criteria.quick').title).toBe('Criteria, quick');
  expect(field('costs.default.spread_pips').title).toBe('Spread (pips)');
  expect(field('queue.threads')).toMatchObject({ title: 'Threads', help: 'Worker threads.', value: 4 });
});

it('gives stored symbols a row of costs, also where the configuration names none', () => {
  const rows = costRows(settings, [{ symbol: 'XAU.USD', kind: 'pair' }]);
  expect(rows.inPips.map((row) => [row.symbol, row.fields[0]!.path, row.fields[0]!.value])).toEqual([
    ['XAU.USD', 'costs.symbols.XAU.USD.spread_pips', undefined],
    ['EURUSD', 'costs.symbols.EURUSD.spread_pips', 1],
  ]);
});

it('gives kinds, and symbols that are no currency pair, a row of costs in a unit', () => {
  const amounts = z.strictObject({ unit: z.enum(['price', 'fraction']), spread: z.number() }).partial();
  const all = z.strictObject({
    costs: z.strictObject({
      kinds: z.partialRecord(z.enum(['metal', 'crypto']), amounts),
      symbols: z.record(z.string(), z.strictObject({ ...amounts.shape, spread_pips: z.number() }).partial()),
    }),
  });
  const symbols = { US30: { unit: 'price', spread: 2 }, EURUSD: { spread_pips: 1 } };
  const rows = costRows(
    {
      ...settings,
      schema: z.toJSONSchema(all),
      values: { costs: { kinds: { crypto: { unit: 'fraction' } }, symbols } },
    } as unknown as typeof settings,
    [
      { symbol: 'BTCUSDT', kind: 'crypto' },
      { symbol: 'EURUSD', kind: 'pair' },
    ],
  );
  expect(rows.inPips.map(({ symbol }) => symbol)).toEqual(['EURUSD']);
  expect(rows.inUnits.map(({ symbol, fields }) => [symbol, fields.map(({ value }) => value)])).toEqual([
    ['BTCUSDT', [undefined, undefined]],
    ['US30', ['price', 2]],
  ]);
  const crypto = rows.kinds.find(({ symbol }) => symbol === 'crypto')!;
  expect(crypto.fields.map(({ path, value }) => [path, value])).toEqual([
    ['costs.kinds.crypto.unit', 'fraction'],
    ['costs.kinds.crypto.spread', undefined],
  ]);
});

it('marks what differs from the default, edits included', () => {
  expect(isChanged(field('queue.threads'), undefined)).toBe(true);
  expect(isChanged(field('queue.threads'), null)).toBe(false);
  expect(isChanged(field('queue.threads'), 'auto')).toBe(false);
  expect(isChanged(field('inference_grid.lookback_windows'), ['50', '100'])).toBe(false);
  expect(isChanged(field('inference_grid.lookback_windows'), ['50', '20'])).toBe(true);
});

it('checks bounds while typing', () => {
  expect(readEdit(field('queue.threads'), '999')).toEqual({
    problem: 'Use a whole number, 1 to 256 or auto.',
  });
  expect(readEdit(field('inference_grid.lookback_windows'), ['50', '5'])).toEqual({
    problem: '“5”: use a whole number, 20 to 5000.',
  });
  expect(readEdit(field('inference_grid.lookback_windows'), [])).toHaveProperty('problem');
  expect(readEdit(field('inference_grid.lookback_windows'), ['50', '200'])).toEqual({ value: [50, 200] });
});

it('knows values by their titles: as they are shown, and as they may be typed', () => {
  expect(field('queue.threads').titles).toEqual({ auto: 'One per processor core' });
  expect(readEdit(field('queue.threads'), 'one per Processor core ')).toEqual({ value: 'auto' });
  expect(readEdit(field('queue.threads'), 'auto')).toEqual({ value: 'auto' });
  expect(isChanged(field('queue.threads'), 'One per processor core')).toBe(false);
  expect(field('validation.criteria.quick').titles).toEqual({
    auto: 'By what the model learns',
    ranks: 'Spearman, Sharpe, drawdown',
  });
});

it('shows the edit, else the value; after a reset the default', () => {
  expect(shownValue(field('queue.threads'), undefined)).toBe('4');
  expect(shownValue(field('queue.threads'), '8')).toBe('8');
  expect(shownValue(field('queue.threads'), null)).toBe('auto');
  expect(shownValue(field('inference_grid.lookback_windows'), undefined)).toEqual(['50', '100']);
});

it('saves only what changes something, and counts what is wrong', () => {
  expect(
    collectChanges(fields, {
      'queue.threads': null,
      'queue.skip_already_trained': true,
      'inference_grid.lookback_windows': ['50', '200'],
      'costs.default.spread_pips': '-1',
    }),
  ).toEqual({
    changes: { 'queue.threads': null, 'inference_grid.lookback_windows': [50, 200] },
    count: 2,
    wrong: 1,
  });
});

it('puts the engine’s problems at their fields', () => {
  const { byPath, rest } = settingProblems(
    [
      { path: 'inference_grid.lookback_windows[1]', message: 'too long' },
      { path: 'queue.threads', message: 'too many' },
      { path: 'queue.threadsx', message: 'unknown' },
    ],
    fields,
  );
  expect(byPath).toEqual({ 'inference_grid.lookback_windows': 'too long', 'queue.threads': 'too many' });
  expect(rest).toHaveLength(1);
});

it('names a setting after its key, with its unit in brackets', () => {
  expect(['min_free_mb', 'spread_pips', 'holdout_days', 'max_minutes_per_model'].map(settingTitle)).toEqual([
    'Min free (MB)',
    'Spread (pips)',
    'Holdout (days)',
    'Max minutes per model',
  ]);
  expect(['artifacts_dir', 'tracking_uri', 'roc_auc'].map(settingTitle)).toEqual([
    'Artifacts folder',
    'Tracking URI',
    'ROC AUC',
  ]);
});
