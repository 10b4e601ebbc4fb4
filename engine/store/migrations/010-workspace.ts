/**
 * The workspace's own id, which its folders are marked with too, and how often it began to train: a copy that lacks the newest of the
 * database knows fewer beginnings than the folders beside it.
 */
export const sql = `
CREATE TABLE workspace (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  id          TEXT    NOT NULL,
  generation  INTEGER NOT NULL
) STRICT;
INSERT INTO workspace (one, id, generation) VALUES (1, lower(hex(randomblob(16))), 0);
`;
