/** With each result the files of its model are looked for: by what names the model, not among all models that are kept. */
export const sql = `
CREATE INDEX runs_kept_by_model ON runs (training_key) WHERE artifact_file IS NOT NULL;
`;
