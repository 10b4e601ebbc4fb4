import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneSplitJson } from './interchange/testing/one-split.ts';
import { within } from './testing/within.ts';
import { prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';

/** The gate of a model that was trained elsewhere, through whole engines on the demo market. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const FLAT = { name: 'model.json', json: oneSplitJson('close_position', 0.5, { below: 1e-3, above: -1e-3 }) };
const TURNED = {
  name: 'turned.json',
  json: oneSplitJson('close_position', 0.5, { below: -1e-3, above: 1e-3 }),
};

let workspaces: Workspaces;
/** Runs of returns, the first of which is a version, and one of a target with two models. */
let prepared: string;
let version: string;
let until: string;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  prepared = workspaces.create();
  for (const { name, json } of [FLAT, TURNED]) writeFileSync(join(prepared, name), json);
  await within(prepared, async ({ call }) => {
    const trained = async (grid: object) => {
      const { queueId } = await call('queue.create', {
        grid: { ...TWELVE, days_history: [60], horizons: [6], model_types: ['ridge'], ...grid },
      });
      await call('queue.start', { queueId });
      await call('queue.wait', { queueId });
    };
    await trained({});
    await trained({ targets: ['outcome 2:1'] });
    version = (await call('production.register', { run: '1' })).version;
    // Half a year before its newest bar.
    const series = (await call('market.list', {})).find(({ symbol }) => symbol === PLACE.symbol)!;
    until = new Date(Date.parse(series.last) - 320 * 86_400_000).toISOString().slice(0, 10);
  });
});
afterAll(() => workspaces.removeAll());

const asked = (workspace: string, model = FLAT) => ({
  ...PLACE,
  model: join(workspace, model.name),
  run: '1',
  trainedUntil: until,
});

describe('a model from elsewhere', () => {
  test('is asked what a version is, in windows after what it learned from, and stands in the journal', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const report = await call('production.validate', asked(workspace));
      expect(report).toMatchObject({
        name: 'DEMO_EURUSD H4',
        version: null,
        preset: 'ranks',
        expiresAt: null,
        imported: { file: 'model.json', trainedUntil: until, trees: 1 },
      });
      expect([...new Set(report.lines.map(({ part }) => part))]).toEqual([
        'validation',
        'thresholds',
        'verdict',
        'comparison',
      ]);
      expect(report.validation!.from.slice(0, 10) > until).toBe(true);
      expect(report.validation!.stitched.folds).toBeGreaterThanOrEqual(2);
      expect(report.passed).toBe(report.refusal === null);
      const { entries } = await call('production.journal', PLACE);
      expect(entries.at(-1)).toMatchObject({ action: 'validated', from: null, to: null, gate: report });
      expect(entries.at(-1)!.reason).toMatch(/^A model from elsewhere: model\.json \(SHA-256 [0-9a-f]{12}\)/);
      // Nothing of a version is touched.
      expect(await call('production.show', PLACE)).toMatchObject({
        production: null,
        versions: [{ gate: null }],
      });

      const model = report.imported!.sha256;
      const out = join(workspace, 'gate.html');
      await call('production.report', { ...PLACE, model, out });
      expect(readFileSync(out, 'utf8')).toContain(`model.json, which learned until ${until}: gate `);
      await expect(call('production.report', { ...PLACE, model: '0'.repeat(64), out })).rejects.toThrow(
        'SHA-256',
      );
    });
  });

  test('is compared with production, trained anew in the same windows', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      await call('production.rollback', { ...PLACE, version });
      const { comparison, lines, curve } = await call('production.validate', asked(workspace));
      expect(comparison).toMatchObject({ version: null, against: version });
      expect(lines.find(({ part }) => part === 'comparison')!.text).toContain(
        'production trained anew in each',
      );
      // A mirror earns what the other loses, but for costs.
      const other = await call('production.validate', { ...asked(workspace, TURNED), force: true });
      expect(other).toMatchObject({ comparison: null, skipped: ['comparison'] });
      expect(curve!.own.at(-1)! + other.curve!.own.at(-1)!).toBeLessThan(0);
    });
  });

  test('counts as a try for whichever is asked of next, and no more often than once', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const first = await call('production.validate', asked(workspace));
      const again = await call('production.validate', asked(workspace));
      expect({ ...again, at: first.at }).toEqual(first);
      const among = (text: string) => Number(/the (\d+) validations/.exec(text)?.[1] ?? 1);
      const next = await call('production.validate', asked(workspace, TURNED));
      expect(among(next.verdict!.reason)).toBe(among(first.verdict!.reason) + 1);
    });
  });

  test.each([
    [{ trainedUntil: undefined }, 'Nobody can tell from its file what a model has seen'],
    [{ run: undefined }, 'name the run that it was made for'],
    [{ model: undefined }, 'give its file, too'],
    [{ skipValidation: true }, 'nothing to ask'],
    [{ run: '2' }, 'takes a LONG and a SHORT model'],
    [{ trainedUntil: '2031-01-01' }, 'judged on later bars only'],
    [{ timeframe: 'H1' as const }, 'is one of DEMO_EURUSD H4'],
    [{ version: '20261128_143022' }, 'name one of them'],
    [{ minAccuracy: 0.5 }, 'threshold of classes'],
  ])('is refused with %j', async (changes, says) => {
    await within(prepared, async ({ call }) => {
      const before = await call('production.journal', {});
      await expect(call('production.validate', { ...asked(prepared), ...changes })).rejects.toThrow(says);
      expect(await call('production.journal', {})).toEqual(before);
    });
  });
});
