import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { StrategyDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { ContenderOutcome } from '../pipeline/contender-figure-names.ts';
import { decodeFold, encodeFold, type StoredFold } from './fold-blob.ts';

/**
 * What became of one fold of a procedure, as it is stored: length of the header (uint32, little endian), header as JSON, then, one after
 * the other, the fold of all champions together and that of each alone, as `encodeFold` gives them; from version 2 on, last, its
 * contenders as JSON, zstd.
 */
const VERSION = 2;
/** Without contenders. */
const FIRST_VERSION = 1;

/** A fold's champion of a regime, and what it did alone. */
export interface ProcedureChampion {
  readonly regime: string;
  /** Position in the grid of its market. */
  readonly cell: number;
  readonly configHash: string;
  readonly strategy: StrategyDto;
  /** On the fold's selection window; where it was chosen by what survives, its chance. */
  readonly score: number;
  readonly trades: number;
  readonly alone: StoredFold;
}

/** What one configuration of the grid had to offer for a regime when the fold's selection window closed, and what came of it. */
export interface StoredContender {
  readonly regime: string;
  /** Position in the grid of its market. */
  readonly cell: number;
  readonly configHash: string;
  readonly modelType: string;
  readonly target: string;
  readonly horizon: number;
  readonly daysHistory: number;
  readonly strategy: StrategyDto;
  /** By name: CONTENDER_FIGURES, with the family-wise p of the whole grid; null where one is not defined. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly outcome: ContenderOutcome;
}

export interface StoredProcedure {
  /** Configurations that could not be trained. */
  readonly failed: number;
  readonly together: StoredFold;
  /** At most one of each regime. */
  readonly champions: readonly ProcedureChampion[];
  /** In grid order; null of a fold that was computed before they were kept. */
  readonly contenders: readonly StoredContender[] | null;
  /** Where its champions were to be chosen by what survives. */
  readonly chosenBy?: SurvivalChoice;
}

/** By what the champions of a fold were chosen that were to be chosen by what survives. */
export interface SurvivalChoice {
  /** Rows that were known and good enough when its test window began. */
  readonly rows: number;
  /** What a chance to survive had to be above; null: there was no model, and champions were chosen by Sharpe. */
  readonly least: number | null;
  /** Share of the rows that made money; null without a model. */
  readonly baseRate: number | null;
}

interface Header {
  readonly version: number;
  readonly failed: number;
  readonly champions: readonly Omit<ProcedureChampion, 'alone'>[];
  readonly chosenBy?: SurvivalChoice;
  /** Bytes of each fold, and of the contenders. */
  readonly lengths: readonly number[];
}

/** Equal results give equal bytes. */
export function encodeProcedure(procedure: StoredProcedure): Uint8Array<ArrayBuffer> {
  const { failed, together, champions, contenders, chosenBy } = procedure;
  const folds: Uint8Array[] = [together, ...champions.map(({ alone }) => alone)].map(encodeFold);
  if (contenders !== null) folds.push(zstdCompressSync(new TextEncoder().encode(JSON.stringify(contenders))));
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: contenders === null ? FIRST_VERSION : VERSION,
      failed,
      champions: champions.map(({ alone: _alone, ...champion }) => champion),
      ...(chosenBy && { chosenBy }),
      lengths: folds.map(({ length }) => length),
    } satisfies Header),
  );
  const bytes = new Uint8Array(4 + header.length + folds.reduce((sum, { length }) => sum + length, 0));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = 4 + header.length;
  for (const fold of folds) {
    bytes.set(fold, at);
    at += fold.length;
  }
  return bytes;
}

/** @throws EngineError `artifact-damaged`, `store-newer` */
export function decodeProcedure(bytes: Uint8Array): StoredProcedure {
  const { header, folds, kept } = partsOf(bytes);
  const contenders = kept === null ? null : decodeContenders(kept);
  const [together, ...alone] = folds.map(decodeFold);
  if (together === undefined || alone.length !== header.champions.length) throw damaged(undefined);
  return {
    failed: header.failed,
    together,
    champions: header.champions.map((champion, i) => ({ ...champion, alone: alone[i]! })),
    contenders,
    ...(header.chosenBy && { chosenBy: header.chosenBy }),
  };
}

/**
 * A copy of what is stored of its contenders, for `decodeContenders`; null of a fold that was computed before they were kept. What was
 * traded is not looked at.
 * @throws EngineError `artifact-damaged`, `store-newer`
 */
export function contendersIn(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  return partsOf(bytes).kept?.slice() ?? null;
}

function partsOf(bytes: Uint8Array) {
  const { header, at } = readHeader(bytes);
  if (header.version > VERSION) {
    throw new EngineError(
      'store-newer',
      `A fold of a procedure has version ${header.version}; this Regimen reads up to ${VERSION}. Update Regimen.`,
    );
  }
  let from = at;
  const folds = header.lengths.map((length) => {
    const part = bytes.subarray(from, from + length);
    from += length;
    return part;
  });
  if (from !== bytes.length) throw damaged(undefined);
  const kept = header.version > FIRST_VERSION ? folds.pop() : undefined;
  return { header, folds, kept: kept ?? null };
}

/** @throws EngineError `artifact-damaged` */
export function decodeContenders(bytes: Uint8Array): StoredContender[] {
  try {
    return JSON.parse(new TextDecoder().decode(zstdDecompressSync(bytes))) as StoredContender[];
  } catch (error) {
    throw damaged(error);
  }
}

function readHeader(bytes: Uint8Array): { readonly header: Header; readonly at: number } {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    const at = 4 + length;
    return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(4, at))) as Header, at };
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause: unknown): EngineError {
  return new EngineError(
    'artifact-damaged',
    'What is stored of a fold of a procedure is not what was written: it can\'t be read. Restore a backup, or validate again once "verify" has said what is wrong.',
    {},
    cause,
  );
}
