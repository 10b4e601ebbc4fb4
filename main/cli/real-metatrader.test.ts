import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { check, unpack } from '../../engine/interchange/metatrader5/testing/bundled.ts';
import { canCompile, compile } from '../../engine/testing/compiler.ts';

/** An expert of a champion on real candles, as a user makes it, compiled as a program: its own check over 5,000 bars. */

const folder = process.env.MARKET_DATA ?? join(import.meta.dirname, '../../../shared/market-data');
const CANDLES = join(folder, 'EURUSD_H1.csv');
const present = existsSync(CANDLES);
const PROGRAM = fileURLToPath(new URL('./regimen.ts', import.meta.url));
const GRID = `
model_types: xgboost
symbols: EURUSD
timeframes: H1
days_history: 365
horizons: 6
hyperparameters: { xgboost: { n_estimators: 30, max_depth: 3 } }
`;
const BARS = 5000;

describe.skipIf(!present || !canCompile())(
  `real candles${present ? '' : ` (skipped: none in ${folder})`}`,
  () => {
    let root: string;
    const file = (name: string) => join(root, name);
    beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), 'real-metatrader-'));
      writeFileSync(file('grid.yaml'), GRID);
      const market = ['--symbol', 'EURUSD', '--timeframe', 'H1'];
      expect(regimen('market', 'import', CANDLES, ...market).status).toBe(0);
      expect(regimen('train', file('grid.yaml')).status).toBe(0);
    }, 60_000);
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    function regimen(...argv: string[]) {
      const all = [PROGRAM, ...argv, '--workspace', file('workspace')];
      return spawnSync(process.execPath, all, { encoding: 'utf8' });
    }

    it(`of a champion: features, regimes, forecasts and signals of ${BARS} bars are what Regimen computed`, () => {
      const champions = JSON.parse(regimen('champions', '--json').stdout) as ChampionDto[];
      const { runId, regime } = champions[0]!;
      const asked = ['--format', 'metatrader5', '--regime', regime, '--parity-bars', String(BARS)];
      const { status, stderr } = regimen('model', 'export', runId, '--out', file('expert.zip'), ...asked);
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const files = new Map(Object.entries(unzipSync(readFileSync(file('expert.zip')))));
      const include = unpack({ files, modelKey: '', members: 0, features: [] }, file('unpacked'));
      compile(file('unpacked/check/parity.cpp'), file('parity'), [include, file('unpacked/check')]);
      const found = check(file('parity'), include);
      expect(found).toMatchObject({ passed: true, regimes: 0, signals: 0 });
      expect(found.rows).toBe(BARS);
    }, 120_000);
  },
);
