/**
 * A queue may have been asked to start by itself when its turn comes. Of its models it counts those that became champions,
 * whatever came of them: what is kept now is counted where it is kept. (`kept` counted models that were kept when their
 * result came in, which a rule that deletes none made all of them.)
 */
export const sql = `
ALTER TABLE queues ADD COLUMN enqueued INTEGER NOT NULL DEFAULT 0 CHECK (enqueued IN (0, 1));
ALTER TABLE queues RENAME COLUMN kept TO crowned;
ALTER TABLE queues DROP COLUMN deleted;
UPDATE queues SET crowned = (
  SELECT count(DISTINCT a.run_id) FROM cells c JOIN audit a ON a.run_id = c.run_id
  WHERE c.queue_id = queues.id AND c.state = 'completed' AND a.decision = 'champion');
`;
