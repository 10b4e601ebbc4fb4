import { sha256 } from '../identity/digest.ts';
import { type Reader, type Store, sqlBuilder } from './database.ts';
import { fixedQuery } from './fixed-query.ts';
import { damagedRow } from './soundness.ts';

/**
 * What a run is based on is the same text for all runs of a market, window and rules, and half of what is left of one that was shrunk: such
 * a run has its digest in the column `basis`, all others the JSON itself.
 */

/** Hexadecimal digits of SHA-256. */
const DIGITS = 32;
const DIGEST = new RegExp(`^[0-9a-f]{${DIGITS}}$`);

export const basisDigest = (json: string) => sha256(json).slice(0, DIGITS);

/** Stores a basis once, in the transaction of the run that names it. @returns what its run has in place of the JSON */
export function storeBasis(store: Store, json: string): string {
  const digest = basisDigest(json);
  store.prepare('INSERT INTO bases VALUES (?, ?) ON CONFLICT DO NOTHING').run(digest, json);
  return digest;
}

const basisOf = fixedQuery((digest: string) =>
  sqlBuilder.selectFrom('bases').select('basis').where('digest', '=', digest),
);

/** JSON of what a run's column says. @throws EngineError `artifact-damaged` where the digest's text is not what was written */
export function wholeBasis(store: Reader, basis: string): string {
  if (!DIGEST.test(basis)) return basis;
  const json = store.first(basisOf(basis))?.basis;
  if (json === undefined || basisDigest(json) !== basis)
    throw damagedRow(store.file, { kind: 'bases', owner: basis });
  return json;
}

/** A run's row with the JSON of its basis, whatever its column has. @throws EngineError `artifact-damaged` */
export const withBasis = <R extends { readonly basis: string }>(store: Reader, row: R): R => ({
  ...row,
  basis: wholeBasis(store, row.basis),
});

/** SQL of a run's basis as JSON, where `bases` is joined as `b`; nothing is checked. */
export const JOINED_BASIS = 'coalesce(b.basis, runs.basis)';
export const JOIN_BASES = 'LEFT JOIN bases b ON b.digest = runs.basis';
