import type { Database } from 'better-sqlite3';
import { laySums } from '../lay-sums.ts';

/** What was sent to a tracking server, so that each thing is sent once and what was missed is sent later. */
export function tracking(db: Database): void {
  const change = `
    CREATE TABLE tracking (
      id            INTEGER  PRIMARY KEY,
      uri           TEXT     NOT NULL,
      experiment    TEXT     NOT NULL,
      owner         TEXT,
      seen_at       INTEGER,
      models_up_to  INTEGER  NOT NULL,
      sent_at       INTEGER,
      UNIQUE (uri, experiment)
    ) STRICT;
    CREATE TABLE tracked (
      tracking_id  INTEGER  NOT NULL REFERENCES tracking (id) ON DELETE CASCADE,
      key          TEXT     NOT NULL,
      remote       TEXT,
      version      TEXT,
      refusal      TEXT,
      sent_at      INTEGER,
      PRIMARY KEY (tracking_id, key)
    ) STRICT, WITHOUT ROWID;`;
  laySums(db, () => db.exec(change));
}
