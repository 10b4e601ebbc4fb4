import type { ErrorDto } from '../../contract/errors.ts';
import type { StoredSeries } from '../../market/series/candle-source.ts';
import type { ContextSpec, WorkerJob } from '../../pipeline/job.ts';
import { PIPELINE_VERSION } from '../../pipeline/version.ts';
import type { Packed } from '../wire.ts';

/**
 * What host and workers say to each other through Redis. A host puts *tasks* on a BullMQ queue: some cells of one context. The worker
 * that has a task tells the host's *inbox*, a list, what becomes of each cell, and asks there for candles that it has not got. A message
 * may come twice, or not at all where Redis lost it: the host takes the first result of a cell, and hands out again what got none.
 */

/** Raise it with any change of the messages. */
const PROTOCOL_VERSION = 6;

/** What two have to have in common to work together. */
export interface Kin {
  readonly protocol: number;
  readonly pipeline: number;
  /** See `bitsOfThisMachine`. */
  readonly bits: string;
  /** Of the shared key; see Seal. */
  readonly key: string;
}

export function kinOf(bits: string, key: string): Kin {
  return { protocol: PROTOCOL_VERSION, pipeline: PIPELINE_VERSION, bits, key };
}

/** Tasks of hosts lie where only their own kin looks. */
export function queueOf({ protocol, pipeline, bits, key }: Kin): string {
  return `tasks-${protocol}-${pipeline}-${bits}-${key}`;
}

/** Why a worker gets no work of a host; undefined if it does. In the words of the worker's owner. */
export function refusalOf(worker: Kin, host: Kin): string | undefined {
  if (worker.protocol !== host.protocol || worker.pipeline !== host.pipeline) {
    const mine = `pipeline ${worker.pipeline}, protocol ${worker.protocol}`;
    return `another version: it has ${mine}, and pipeline ${host.pipeline}, protocol ${host.protocol} is needed. Install the Regimen that the host runs.`;
  }
  if (worker.bits !== host.bits) {
    return `other bits: models trained on it would differ from the host's (${worker.bits}, not ${host.bits}). The same Node and the same kind of processor are needed.`;
  }
  if (worker.key !== host.key) return 'another key: REGIMEN_WORKER_KEY is not the same as on the host.';
  return undefined;
}

/** Prefix of BullMQ's keys. */
export const PREFIX = 'regimen';

export const KEYS = {
  /** Hash: a worker's id and what it says of itself. */
  workers: `${PREFIX}:workers`,
  /** Hash: a worker's name and what is wanted of it. */
  wanted: `${PREFIX}:wanted`,
  /** Hash: a host's session and what it says of itself. */
  hosts: `${PREFIX}:hosts`,
  /** Channel: what hosts tell workers at once. */
  control: `${PREFIX}:control`,
  /** Gone: its host is. */
  session: (session: string) => `${PREFIX}:session:${session}`,
  inbox: (session: string) => `${PREFIX}:inbox:${session}`,
  /** Bytes that wait in the inbox. */
  waiting: (session: string) => `${PREFIX}:waiting:${session}`,
  reply: (id: string) => `${PREFIX}:reply:${id}`,
} as const;

/** Some cells of one context, in the order that they are trained in. */
export interface Task {
  readonly session: string;
  readonly group: string;
  readonly context: ContextSpec;
  /** Where each stands in the host's batch. */
  readonly positions: readonly number[];
  readonly cells: readonly WorkerJob[];
  /** As `ThreadTrainerOptions`: a cell that needs more is to fail on each machine, or on none. */
  readonly memoryMb: number;
  /**
   * What becomes of its cells is told without gathering it: an earlier copy came to nothing, maybe with a worker that was ended by one of them
   * before it had told which, and this time the host is to know.
   */
  readonly atOnce: boolean;
}

export type TaskEvent =
  | { readonly type: 'start'; readonly group: string; readonly position: number; readonly worker: string }
  | {
      readonly type: 'result';
      readonly group: string;
      readonly position: number;
      /** A `WorkerResult`, packed; see wire.ts. */
      readonly packed: Packed;
    }
  /** Nothing of this task follows. What of it has no result was not begun, but for the cell that is `lost`. */
  | {
      readonly type: 'end';
      readonly group: string;
      readonly lost?: { readonly position: number; readonly message: string } | undefined;
      /** Its candles can't be had. */
      readonly refused?: ErrorDto | undefined;
    }
  /** A part of a candle file is asked for, from byte `at`. */
  | { readonly type: 'candles'; readonly series: StoredSeries; readonly at: number; readonly reply: string };

export interface TaskEvents {
  readonly events: readonly TaskEvent[];
}

/** A part of a candle file. */
export type CandlePart = { readonly bytes: Uint8Array; readonly size: number } | { readonly error: ErrorDto };

/** The worker's whole task is given up, or it begins no further cell of it. */
export interface Control {
  readonly group: string;
  readonly what: 'cancel' | 'stop';
}
