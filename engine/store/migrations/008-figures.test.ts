import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { sql } from './008-figures.ts';
import { MIGRATIONS } from './index.ts';

const BEFORE = MIGRATIONS.slice(0, MIGRATIONS.indexOf(sql));

it('keeps the figures there are, ranks strategies and forgets what was said of no trade', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, BEFORE, ':memory:');
  db.exec(`
    INSERT INTO runs (id, uuid, run_key, attempt, config_hash, model_type, encoder, symbol, timeframe, days_history,
      horizon, indicator_timeframes, hyperparameters, synthetic, status, kept, strategies_tested, artifact_bytes,
      created_at, seconds, basis)
    VALUES (1, 'u', 'k', 1, 'c', 'ridge', 'normalized', 'EURUSD', 'H1', 60, 6, '{}', '{}', 0, 'completed', 1, 135, 9,
      0, 1, '{}')`);
  const insert =
    db.prepare(`INSERT INTO strategies VALUES (1, @index, 'direct', 'mean', 0.4, 50, @sharpe, 0.1, 0.5, 1.2,
    0.02, @trades, 0, 0, 0, @holdout)`);
  for (let index = 0; index < 12; index++) {
    insert.run({ index, sharpe: index % 4, trades: index === 0 ? 0 : 20, holdout: index % 2 });
  }
  db.exec(
    `INSERT INTO champions VALUES ('EURUSD', 'H1', 'bull', 1, 7, 9e999, 3, 0.1, 0.5, NULL, 0.02, 20, 0.5, 0.1, 0.5, 4, 99)`,
  );
  db.exec(`INSERT INTO audit (at, run_id, symbol, timeframe, regime, decision, old_score, reason)
    VALUES (1, 1, 'EURUSD', 'H1', 'bull', 'champion', 1.5, 'why')`);

  migrate(db, MIGRATIONS, ':memory:');

  expect(db.pragma('foreign_key_check')).toEqual([]);
  const strategies = db.prepare('SELECT * FROM strategies ORDER BY strategy_index').all() as Record<
    string,
    unknown
  >[];
  // Sharpe ratios are 0 to 3 three times over: 3, 7 and 11 are best.
  expect(strategies.map(({ rank }) => rank)).toEqual([10, 7, 4, 1, null, 8, 5, 2, null, 9, 6, 3]);
  expect(strategies[0]).toMatchObject({ sharpe: null, win_rate: null, profit_factor: null, trades: 0 });
  expect(strategies[1]).toMatchObject({
    sharpe: 1,
    profit_factor: 1.2,
    sharpe_error: null,
    composite: null,
    holdout_sharpe: 0,
  });
  expect(strategies[2]).toMatchObject({ holdout_sharpe: null, holdout_win_rate: null, holdout_trades: 0 });
  expect(db.prepare('SELECT * FROM champions').all()).toMatchObject([
    {
      run_id: 1,
      strategy_index: 7,
      score: Infinity,
      sharpe: 3,
      stale: null,
      achieved_at: 99,
      holdout_trades: 4,
    },
  ]);
  expect(db.prepare('SELECT old_stored_score FROM audit').pluck().all()).toEqual([1.5]);
  expect(() => db.prepare('DELETE FROM strategies WHERE strategy_index = 7').run()).toThrow(/FOREIGN KEY/);
  db.close();
});
