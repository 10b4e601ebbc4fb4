import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDto } from '../contract/dto/index.ts';
import { openTestWorkspace, type TestWorkspace, train } from '../testing/engines.ts';
import { SIX } from '../testing/workspace.ts';

let workspace: TestWorkspace;
let runs: readonly RunDto[];
beforeAll(async () => {
  workspace = openTestWorkspace();
  const { engine } = workspace;
  await engine.call('market.demo', {});
  const { queueId } = await train(engine, SIX);
  runs = await engine.call('queue.results', { queueId });
});
afterAll(() => workspace.dispose());

const write = async (of: object, name: string) => {
  const out = join(workspace.folder, name);
  const { file } = await workspace.engine.call('report.write', { ...of, out });
  expect(file).toBe(out);
  return readFileSync(file, 'utf8');
};
/** What stands in the row of a table that begins with a name. */
const cell = (page: string, name: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`<tr><td>${name}</td>`))
    ?.split('<td>')[2]
    ?.split('</td>')[0];

describe('report.write', () => {
  it('writes a champion with its figures, verdict, curve and months, in one file that asks for no other', async () => {
    const champion = (await workspace.engine.call('champions.list', {}))[0]!;
    const page = await write({ champion: champion.champion }, 'champion.html');
    expect(page).toContain(`<h1>Champion ${champion.champion}</h1>`);
    expect(cell(page, 'Trades')).toBe(String(champion.trades));
    expect(cell(page, 'Sharpe ratio')).toBe(
      `${champion.sharpe!.toFixed(1)} ± ${champion.sharpeError!.toFixed(1)}`,
    );
    expect(cell(page, 'Return')).toBe(`${(100 * champion.totalReturn!).toFixed(1)} %`);
    expect(page).toContain(champion.verdictReason.replaceAll('"', '&quot;').slice(0, 40));
    const { statistics } = await workspace.engine.call('run.trace', {
      run: champion.runId,
      strategyIndex: champion.strategyIndex,
      regime: champion.regime,
    });
    for (const { year, month, return: r } of statistics[0]!.months) {
      expect(cell(page, `${year}-${String(month).padStart(2, '0')}`) ?? page).toContain(
        `${(100 * r).toFixed(2)} %`,
      );
    }
    expect(page).toContain('aria-label="Equity, selection window"');
    expect(page).toContain('@media print');
    expect(page).not.toMatch(/<script|<link|src=|https?:/);
  });

  it('writes a run whose model is gone, too, and says why it has no curve', async () => {
    const gone = runs.find(({ kept }) => !kept)!;
    const page = await write({ run: String(gone.id) }, 'gone.html');
    expect(page).toContain(`<h1>Run ${gone.id}: `);
    expect(page).toContain('its model was deleted');
    expect(page).not.toContain('<svg');
    expect(cell(page, 'Run')).toBe(gone.uuid);
  });

  it('writes a validation fold by fold', async () => {
    const { engine } = workspace;
    const { champion } = (await engine.call('champions.list', {}))[0]!;
    const { queueId } = await engine.call('validation.create', {
      subject: { champion },
      scheme: 'quick',
      folds: 2,
    });
    const { id, folds } = (await engine.call('validation.list', { queueId }))[0]!;
    const page = await write({ validation: id }, 'validation.html');
    expect(page).toContain(`<h1>Validation ${id}: `);
    for (const { test } of folds) expect(page).toContain(`${test.from.slice(0, 10)} to `);
    expect(page).toContain('not computed yet');
  });

  it('writes a version with what its gate said, and refuses what is not there', async () => {
    const { engine } = workspace;
    const { champion } = (await engine.call('champions.list', {}))[0]!;
    await engine.call('production.register', { champion });
    const [named] = await engine.call('production.list', {});
    const page = await write({ name: named!.name }, 'version.html');
    expect(page).toContain(`<h1>${named!.name}, version ${named!.versions[0]!.version}</h1>`);
    expect(cell(page, 'SHA-256 of its file')).toBe(named!.versions[0]!.sha256);
    expect(page).toContain('It was not asked yet.');
    const { trades, sharpe, sharpeError } = named!.versions[0]!.figures;
    expect(cell(page, 'Trades')).toBe(String(trades));
    expect(cell(page, 'Sharpe ratio')).toBe(`${sharpe!.toFixed(1)} ± ${sharpeError!.toFixed(1)}`);
    // Figures have titles there, and no names of the code.
    for (const name of Object.keys(named!.versions[0]!.figures).filter((one) => /[A-Z]/.test(one)))
      expect(page).not.toContain(`>${name}<`);
    await expect(write({ name: named!.name, version: '20200101_000000' }, 'x.html')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(named!.versions[0]!.version),
    });
    await expect(write({}, 'y.html')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(write({ run: '1', champion }, 'z.html')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
