/**
 * Whether decisions were changed or deleted, by whichever process: they are appended, and what was computed of all of them holds until there is
 * another change here, of which the last is kept. Before, it was begun anew with whatever another process wrote.
 */
const note = (event: string) => `
CREATE TRIGGER audit_changes_on_${event.toLowerCase()} AFTER ${event} ON audit BEGIN
  INSERT INTO audit_changes (decision_id) VALUES (OLD.id);
  DELETE FROM audit_changes WHERE change < (SELECT max(change) FROM audit_changes);
END;`;

export const sql = `
CREATE TABLE audit_changes (
  change       INTEGER  PRIMARY KEY,
  decision_id  INTEGER  NOT NULL
) STRICT;
${note('UPDATE')}
${note('DELETE')}`;
