/** Model files are artifacts, spelled as the field spells them. */
export const sql = `
ALTER TABLE runs RENAME COLUMN artefact_file TO artifact_file;
ALTER TABLE runs RENAME COLUMN artefact_bytes TO artifact_bytes;
DROP INDEX runs_by_artefact;
CREATE INDEX runs_by_artifact ON runs (artifact_file) WHERE artifact_file IS NOT NULL;
`;
