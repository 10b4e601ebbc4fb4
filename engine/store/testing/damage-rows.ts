import type { Store } from '../database.ts';

/** Changes rows as a disk would: nothing that keeps checksums hears of it. */
export function damageRows({ raw }: Store, sql: string): void {
  const triggers = raw
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  raw.pragma('foreign_keys = OFF');
  for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`);
  raw.exec(sql);
  for (const trigger of triggers) raw.exec(trigger.sql);
  raw.pragma('foreign_keys = ON');
}
