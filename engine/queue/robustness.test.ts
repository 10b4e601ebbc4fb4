import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../contract/events.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { type Engine, train, useEngines } from '../testing/engines.ts';
import { CONFIG, TWELVE } from '../testing/workspace.ts';

const { createWorkspace: createWith, open, close } = useEngines();
const createWorkspace = () => createWith(CONFIG.replace('test_robustness: false', 'test_robustness: true'));

let workspace: string;
beforeEach(() => {
  workspace = createWorkspace();
});

/** Past the engine. */
function change(sql: string): void {
  const db = rawDatabase(join(workspace, 'regimen.db'));
  db.exec(sql);
  db.close();
}

/** Rows as they are stored. */
function rowsOf(folder: string): { regime: string; figures: string }[] {
  const db = rawDatabase(join(folder, 'regimen.db'));
  const rows = db.prepare('SELECT * FROM robustness ORDER BY symbol, timeframe, regime, run_id').all();
  db.close();
  return rows as { regime: string; figures: string }[];
}

const robustnessOf = async (engine: Engine) =>
  (await engine.call('champions.list', {})).map(({ robustness }) => robustness);

/** Lines of the feed that speak of tests. */
function linesOf(engine: Engine): string[] {
  const lines: string[] = [];
  engine.subscribe((event: EngineEvent) => {
    if (event.type === 'feed' && /robust|tested/.test(event.line.message)) lines.push(event.line.message);
  });
  return lines;
}

describe('before a queue ends', () => {
  it('nothing is tested where the configuration says so', async () => {
    const engine = open(createWith());
    await train(engine, TWELVE);
    const found = await robustnessOf(engine);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one === null)).toBe(true);
  });

  it('champions that were not tested are: the same rows with one thread and two', async () => {
    const engine = open(workspace);
    const lines = linesOf(engine);
    await train(engine, TWELVE);
    const found = await robustnessOf(engine);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one!.random.sets).toBe(1000);
    expect(lines).toEqual([expect.stringMatching(/^Testing how robust \d champions? (is|are)…$/)]);
    await close(engine);
    const robustness = rowsOf(workspace);
    expect(robustness).toHaveLength(found.length);

    const second = createWorkspace();
    const other = open(second, { threads: 2 });
    await train(other, TWELVE);
    await close(other);
    expect(rowsOf(second)).toEqual(robustness);
  });

  it('what is missing is made up for, of whichever queue it is; what is there is left alone', async () => {
    const engine = open(workspace);
    await train(engine, TWELVE);
    const before = rowsOf(workspace);
    change(`DELETE FROM robustness WHERE regime = '${before[0]!.regime}';
      UPDATE robustness SET figures = replace(figures, '"sets":1000', '"sets":7')`);
    // Nothing that is any champion.
    await engine.call('settings.set', { changes: { 'evaluation.min_trades_per_regime': 100_000 } });
    await train(engine, { ...TWELVE, horizons: [4], model_types: ['ridge'] });
    const after = rowsOf(workspace);
    expect(after.map(({ regime }) => regime)).toEqual(before.map(({ regime }) => regime));
    expect(after.map(({ figures }) => figures.includes('"sets":7'))).toEqual(
      before.map(({ regime }) => regime !== before[0]!.regime),
    );
  });

  it('rows of champions that are none any more go', async () => {
    const engine = open(workspace);
    await train(engine, TWELVE);
    const [first] = rowsOf(workspace);
    change(`DELETE FROM champions WHERE regime = '${first!.regime}'`);
    await engine.call('settings.set', { changes: { 'evaluation.min_trades_per_regime': 100_000 } });
    await train(engine, { ...TWELVE, horizons: [4], model_types: ['ridge'] });
    expect(rowsOf(workspace).map(({ regime }) => regime)).not.toContain(first!.regime);
  });
});
