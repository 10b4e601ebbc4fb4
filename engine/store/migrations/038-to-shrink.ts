/** Runs whose table of all strategies is to shrink once they are old, in the order of their age: most of a long history has not to be gone through. */
export const sql = `
CREATE INDEX runs_to_shrink ON runs (created_at) WHERE kept = 0 AND length(results) > 2000;
`;
