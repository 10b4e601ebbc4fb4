import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from './app.ts';
import type { ChampionDto, VersionDto } from './contract/dto/index.ts';
import { check, unpack } from './interchange/metatrader5/testing/bundled.ts';
import { canCompile, compile } from './testing/compiler.ts';
import { prepareWorkspaces, TWELVE, type Workspaces } from './testing/workspace.ts';

/** What trades elsewhere, of a trained workspace: through a whole engine, and compiled as a program. */

let workspaces: Workspaces;
let workspace: string;
let engine: Engine;
let champion: ChampionDto;
let version: VersionDto;
beforeAll(async () => {
  workspaces = await prepareWorkspaces();
  workspace = workspaces.create();
  engine = createEngine({ workspace, role: 'command' });
  const { queueId } = await engine.call('queue.create', { grid: TWELVE });
  await engine.call('queue.start', { queueId });
  await engine.call('queue.wait', { queueId });
  champion = (await engine.call('champions.list', {}))[0]!;
  version = await engine.call('production.register', { champion: champion.champion });
}, 60_000);
afterAll(async () => {
  await engine.close();
  workspaces.removeAll();
});

const file = (name: string) => join(workspace, name);

function unzipped(path: string): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(readFileSync(path))));
}

/** What the embedded check says, compiled. */
function checked(path: string) {
  const folder = file('unpacked');
  rmSync(folder, { recursive: true, force: true });
  const include = unpack({ files: unzipped(path), modelKey: '', members: 0, features: [] }, folder);
  compile(join(folder, 'check/parity.cpp'), join(folder, 'parity'), [include, join(folder, 'check')]);
  return check(join(folder, 'parity'), include);
}

describe('an expert of a champion', () => {
  test('has everything that it takes to trade and to check it, and says what is known', async () => {
    const written = await engine.call('model.export', {
      run: champion.runId,
      regime: champion.regime,
      format: 'metatrader5',
      out: file('champion.zip'),
    });
    expect(written).toMatchObject({ format: 'metatrader5', members: 3, files: [file('champion.zip')] });
    const files = unzipped(written.file);
    const id = `DEMO_EURUSD_H4_${champion.regime}`;
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'README.md',
        `MQL5/Experts/Regimen/Regimen_${id}.mq5`,
        `MQL5/Include/Regimen/${id}/RegimenCore.mqh`,
        `MQL5/Include/Regimen/${id}/model.onnx`,
        `MQL5/Scripts/Regimen/${id}/RegimenParity.mq5`,
        `MQL5/Files/Regimen/${id}/parity.csv`,
        `MQL5/Presets/Regimen_${id}.set`,
      ]),
    );
    const text = (name: string) => Buffer.from(files.get(name)!).toString();
    const readme = text('README.md');
    expect(readme).toMatch(/never compiled by MetaEditor and never ran in a terminal/);
    expect(readme).toContain(
      `Verdict: **${champion.verdict === 'none' ? 'no evidence' : champion.verdict}**`,
    );
    expect(readme).toContain(`in charge of the regime ${champion.regime} alone`);
    expect(text(`MQL5/Include/Regimen/${id}/RegimenData.mqh`)).toContain('#define RG_CUT 1');
    // The holdout's bars are shown to nobody before its look is spent.
    const rows = text(`MQL5/Files/Regimen/${id}/parity.csv`).trimEnd().split('\r\n');
    const series = (await engine.call('market.list', {})).filter(({ symbol }) => symbol === champion.symbol);
    const newest = Math.max(...series.map(({ last }) => Date.parse(last)));
    expect(rows.length).toBeGreaterThan(100);
    expect(Date.parse(rows.at(-1)!.slice(0, 24))).toBeLessThan(newest - 29 * 86_400_000);
  });

  test.skipIf(!canCompile())(
    'computes what Regimen computes',
    async () => {
      const found = checked(file('champion.zip'));
      expect(found).toMatchObject({ passed: true, regimes: 0, signals: 0 });
      expect(found.rows).toBeGreaterThan(100);
    },
    30_000,
  );

  test('is refused with the reason', async () => {
    const ask = (more: object) =>
      engine.call('model.export', {
        run: champion.runId,
        format: 'metatrader5',
        out: file('a.zip'),
        ...more,
      });
    await expect(ask({ member: 1 })).rejects.toThrow(/an expert has all members/);
    await expect(ask({ regime: 'elsewhere' })).rejects.toThrow(/is champion of .*, not of elsewhere/);
    const { runs } = await engine.call('history.search', {});
    const other = runs.find((run) => run.bestRegimes.length === 0 && run.kept);
    if (other !== undefined) {
      await expect(ask({ run: other.uuid })).rejects.toThrow(/is champion of no regime/);
    }
  });
});

test.skipIf(!canCompile())(
  'an expert of a version computes what Regimen computes',
  async () => {
    const written = await engine.call('production.export', {
      symbol: version.symbol,
      timeframe: version.timeframe,
      regime: version.regime ?? 'all',
      format: 'metatrader5',
      out: file('version.zip'),
    });
    expect(written).toMatchObject({ version: version.version, format: 'metatrader5' });
    expect(Buffer.from(unzipped(written.file).get('README.md')!).toString()).toContain(
      `Version ${version.version}; trained on`,
    );
    expect(checked(written.file)).toMatchObject({ passed: true, regimes: 0, signals: 0 });
  },
  30_000,
);
