import type { RobustnessDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Reader, Store } from './database.ts';
import { sqlBuilder } from './database.ts';
import type { RobustnessTable } from './schema.ts';
import { forgetSums, unsoundOf } from './soundness.ts';

type Place = Pick<RobustnessTable, 'symbol' | 'timeframe' | 'regime' | 'run_id'>;

const nameOf = ({ symbol, timeframe, regime, run_id }: Place) => `${symbol} ${timeframe} ${regime} ${run_id}`;

/** What was found of a champion, and the key of what it was computed from. */
export interface FoundRobustness {
  readonly key: string;
  readonly figures: RobustnessDto;
}

/**
 * What was found of champions, as it is stored at the moment. A row that is not what was written counts as none, since it can be
 * computed again.
 */
export function readRobustness(store: Reader): (place: Place) => FoundRobustness | undefined {
  const damaged = unsoundOf(store, 'robustness');
  const rows = new Map(
    store
      .all(sqlBuilder.selectFrom('robustness').selectAll())
      .filter((row) => !damaged.has(nameOf(row)))
      .map((row) => [nameOf(row), row]),
  );
  return (place) => {
    const row = rows.get(nameOf(place));
    if (row === undefined) return undefined;
    const { key, figures } = row;
    return { key, figures: storedJson(figures, `the robustness of the champion of ${nameOf(place)}`) };
  };
}

/** Keeps what was found of a champion, in the place of what was found before. */
export function keepRobustness(store: Store, place: Place, key: string, figures: RobustnessDto): void {
  const { symbol, timeframe, regime, run_id } = place;
  store.transaction(() => {
    dropDamaged(store);
    store
      .prepare(
        'INSERT INTO robustness VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET key = excluded.key, figures = excluded.figures',
      )
      .run(symbol, timeframe, regime, run_id, key, JSON.stringify(figures));
  });
}

/** Forgets what was found of champions that are none any more. */
export function pruneRobustness(store: Store): void {
  const gone = `FROM robustness AS r WHERE NOT EXISTS (SELECT 1 FROM champions AS c
    WHERE c.symbol = r.symbol AND c.timeframe = r.timeframe AND c.regime = r.regime AND c.run_id = r.run_id)`;
  // Nothing is written where there is nothing to forget.
  if (store.prepare(`SELECT 1 ${gone}`).get() === undefined) return;
  store.transaction(() => void store.prepare(`DELETE ${gone}`).run());
}

function dropDamaged(store: Store): void {
  for (const owner of unsoundOf(store, 'robustness')) {
    store
      .prepare(
        "DELETE FROM robustness WHERE symbol || ' ' || timeframe || ' ' || regime || ' ' || run_id = ?",
      )
      .run(owner);
    forgetSums(store, 'robustness', owner);
  }
}
