/** Whether a queue trains again what is already trained. */
export const sql = `
ALTER TABLE queues ADD COLUMN retrain INTEGER NOT NULL DEFAULT 0 CHECK (retrain IN (0, 1));
`;
