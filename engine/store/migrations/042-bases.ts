/**
 * What runs are based on, once for all that say the same. A run has the digest of the text in place of the text from when it shrinks on:
 * rows that are there stay as they are, since to write them again would be to write all of their results.
 */
export const sql = `
CREATE TABLE bases (
  digest  TEXT  NOT NULL PRIMARY KEY,
  basis   TEXT  NOT NULL
) STRICT;
`;
