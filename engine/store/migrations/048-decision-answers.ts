/**
 * What was computed of all decisions, as far as they were gone through: the next host begins there. `digest` covers the rest of its row, which
 * no checksum elsewhere does, since what is not what was written is computed anew. Of `audit_changes`, `version` has the last change that was seen.
 */
export const sql = `
CREATE TABLE decision_answers (
  question  TEXT     NOT NULL PRIMARY KEY,
  version   INTEGER,
  next      INTEGER  NOT NULL,
  state     TEXT     NOT NULL,
  digest    TEXT     NOT NULL
) STRICT, WITHOUT ROWID;`;
