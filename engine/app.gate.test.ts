import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within } from './testing/within.ts';
import { prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';

/** The gate before promotion, through whole engines on the demo market. */

const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;

let workspaces: Workspaces;
/** Two candidates: a run of returns, and one of classes. */
let prepared: string;
let returns: string;
let classes: string;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  prepared = workspaces.create();
  await within(prepared, async ({ call }) => {
    const trained = async (grid: object) => {
      const { queueId } = await call('queue.create', {
        grid: { ...TWELVE, days_history: [60], horizons: [6], ...grid },
      });
      await call('queue.start', { queueId });
      await call('queue.wait', { queueId });
    };
    await trained({ model_types: ['ridge'] });
    await trained({
      model_types: ['xgboost'],
      targets: ['direction'],
      hyperparameters: { xgboost: { n_estimators: 10 } },
    });
    returns = (await call('production.register', { run: '1' })).version;
    classes = (await call('production.register', { run: '2' })).version;
  });
});
afterAll(() => workspaces.removeAll());

describe('the gate', () => {
  test('refuses what has no evidence, with every line that is missed, and puts nobody in charge', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const { promoted, report, name } = await call('production.promote', { ...PLACE, version: classes });
      expect(promoted).toBe(false);
      expect(name.production).toBeNull();
      expect(report).toMatchObject({ passed: false, preset: 'promotion', skipped: [] });
      expect(report.refusal).toMatch(
        /^Model not promoted: .*accuracy 0\.\d\d of 0\.60 \(base rate 0\.\d\d\)/,
      );
      expect(report.refusal).not.toContain('--');
      expect(report.ways).toContainEqual({
        way: 'better',
        least: expect.objectContaining({ accuracy: expect.any(Number) }),
      });
      expect(report.refusal).toContain('at least "suggestive" is asked');
      // Three windows of 60 days that lie before all that models were chosen on.
      const validation = await call('validation.get', { id: report.validation!.id });
      expect(validation.folds.map(({ counted }) => counted)).toEqual([true, true, true]);
      expect(report.validation!.movedDays).toBeGreaterThan(0);
      const { entries } = await call('production.journal', PLACE);
      expect(entries.at(-1)).toMatchObject({
        action: 'validated',
        to: classes,
        gate: { refusal: report.refusal },
      });
      const shown = await call('production.show', PLACE);
      expect(shown.versions.find(({ version }) => version === classes)!.gate).toEqual(report);
    });
  });

  test('asks ranks of returns, and refuses thresholds of classes there', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const report = await call('production.validate', { ...PLACE, version: returns });
      expect(report.preset).toBe('ranks');
      expect(report.lines.map(({ part }) => part)).toEqual(
        expect.arrayContaining(['validation', 'thresholds', 'verdict', 'comparison', 'expiry']),
      );
      await expect(
        call('production.validate', { ...PLACE, version: returns, minAccuracy: 0.5 }),
      ).rejects.toMatchObject({ code: 'invalid-input' });
    });
  });

  test('what is skipped stands in the journal, and the look at the holdout is spent', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const first = await call('production.promote', {
        ...PLACE,
        version: returns,
        skipValidation: true,
        reason: 'a start',
      });
      expect(first).toMatchObject({ promoted: true, name: { production: returns } });
      const { entries } = await call('production.journal', PLACE);
      expect(entries.at(-1)).toMatchObject({
        action: 'promoted',
        to: returns,
        reason: 'a start',
        skipped: ['validation', 'thresholds', 'verdict'],
        gate: { validation: null },
      });
      expect((await call('champions.open', { run: '1' }))[0]).toMatchObject({ isNew: false });
      await expect(call('production.promote', { ...PLACE, version: returns })).rejects.toThrow('already');

      // The next one is compared with it, in the same windows.
      const next = await call('production.promote', { ...PLACE, version: classes, skipValidation: true });
      const { comparison } = next.report;
      expect(comparison).toMatchObject({ version: classes, against: returns, folds: 3 });
      expect(next.promoted).toBe(comparison!.judgement !== 'worse');
      const compared = await call('production.compare', { ...PLACE, version: classes, against: returns });
      expect(compared.comparison).toEqual(comparison);

      const forced = await call('production.validate', {
        ...PLACE,
        version: classes,
        skipValidation: true,
        force: true,
      });
      expect(forced).toMatchObject({ passed: true, comparison: null });
      expect(forced.skipped.includes('comparison')).toBe(!next.promoted);
    });
  });

  test('its folds are computed once, and do not stand for a longer validation', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      const first = await call('production.validate', { ...PLACE, version: returns });
      const again = await call('production.validate', { ...PLACE, version: returns });
      const { folds } = await call('validation.get', { id: again.validation!.id });
      expect(folds.every(({ reused }) => reused)).toBe(true);
      expect(again.validation!.stitched).toEqual(first.validation!.stitched);
      const { queueId } = await call('validation.create', {
        subject: { versions: [{ name: 'DEMO_EURUSD H4', version: returns }] },
        scheme: 'own',
      });
      await call('queue.start', { queueId });
      await call('queue.wait', { queueId });
      const [own] = await call('validation.list', { queueId });
      const report = await call('production.validate', { ...PLACE, version: returns });
      expect(report.verdict).toEqual({ verdict: own!.verdict, reason: own!.verdictReason });
    });
  });

  test('says what it found in one file', async () => {
    const workspace = workspaces.copyOf(prepared);
    await within(workspace, async ({ call }) => {
      await expect(
        call('production.report', { ...PLACE, out: join(workspace, 'gate.html') }),
      ).rejects.toThrow('not asked yet');
      const report = await call('production.validate', { ...PLACE, version: classes });
      const out = join(workspace, 'gate.html');
      await call('production.report', { ...PLACE, version: classes, out });
      const html = readFileSync(out, 'utf8');
      expect(html).toContain(`DEMO_EURUSD H4, version ${classes}: gate refused`);
      expect(html).toContain('<svg');
      expect(html).not.toMatch(/(src|href)=/);
      await call('production.report', { ...PLACE, version: classes, out: join(workspace, 'gate.json') });
      expect(JSON.parse(readFileSync(join(workspace, 'gate.json'), 'utf8'))).toEqual(report);
      await expect(call('production.report', { ...PLACE, out: join(workspace, 'gate.txt') })).rejects.toThrow(
        '.html or .json',
      );
    });
  });
});
