/**
 * A champion that was scored again says under what; without it, its run's own basis holds. A run knows its model by the
 * training key, and its figures by an evaluation key each: runs of earlier versions have none, since their keys were made of
 * other parts.
 */
export const sql = `
ALTER TABLE champions ADD COLUMN basis TEXT;
ALTER TABLE runs ADD COLUMN training_key TEXT;
ALTER TABLE runs ADD COLUMN evaluation_keys TEXT;
`;
