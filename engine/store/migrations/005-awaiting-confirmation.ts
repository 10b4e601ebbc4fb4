/**
 * A queue may wait for an answer. A column takes the place of the one with the narrower check, since to build the table
 * anew would take its cells along: they go with the rows they belong to.
 */
export const sql = `
ALTER TABLE queues ADD COLUMN any_state TEXT NOT NULL DEFAULT 'pending'
  CHECK (any_state IN ('pending', 'running', 'pausing', 'paused', 'awaiting_confirmation', 'cancelling',
                       'completed', 'cancelled', 'failed', 'crashed'));
UPDATE queues SET any_state = state;
ALTER TABLE queues DROP COLUMN state;
ALTER TABLE queues RENAME COLUMN any_state TO state;
`;
