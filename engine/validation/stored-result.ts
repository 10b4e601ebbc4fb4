import { decodeFold, type StoredFold } from './fold-blob.ts';
import { decodeProcedure, type StoredProcedure } from './procedure-blob.ts';
import type { ValidationSpec } from './spec.ts';

/** What is stored of a fold: of a procedure what its champions did together, and all of it beside. */
export interface FoldRead {
  readonly result: StoredFold;
  readonly procedure: StoredProcedure | null;
}

/** @throws EngineError `artifact-damaged`, `store-newer` */
export function readFoldResult(
  { procedure }: Pick<ValidationSpec, 'procedure'>,
  bytes: Uint8Array,
): FoldRead {
  if (procedure === undefined) return { result: decodeFold(bytes), procedure: null };
  const stored = decodeProcedure(bytes);
  return { result: stored.together, procedure: stored };
}
