import type { SearchSpaceDto } from './search.ts';

/** What the grid builder offers. */
export interface GridOptionsDto {
  readonly modelTypes: readonly {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    /** JSON Schema of the hyper-parameters: bounds, defaults, descriptions. */
    readonly hyperparameters: Readonly<Record<string, unknown>>;
    /** What a search varies of it where it says nothing else. */
    readonly space: readonly SearchSpaceDto[];
  }[];
  readonly encoders: readonly string[];
  readonly indicators: readonly string[];
  readonly timeframes: readonly string[];
  /** Strategies every model is backtested with. */
  readonly strategies: number;
}

/** A key that a configuration file calls by another name than here. */
export interface RenamedKeyDto {
  /** As the file says it, `queue.max_inference_workers`. */
  readonly path: string;
  /** As it is called here, `queue.threads`. */
  readonly today: string;
  /** From 1. */
  readonly line: number;
}

export interface SettingsDto {
  /** The user's file in the workspace; it need not exist. */
  readonly file: string;
  /** Its text; empty without a file. */
  readonly text: string;
  /** Keys that it calls by other names, in the order of its lines. */
  readonly renamed: readonly RenamedKeyDto[];
  /** Values in force. */
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Comment of each key, `queue.threads` -> text, from the default configuration. */
  readonly help: Readonly<Record<string, string>>;
  /** JSON Schema of all sections. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** When a change counts, in whole words; another text while a queue is running. */
  readonly note: string;
}

/** What selection saved. */
export interface StorageDto {
  readonly workspace: string;
  readonly modelsTrained: number;
  readonly modelsKept: number;
  readonly bytesKept: number;
  /** Bytes of model files that were not kept. */
  readonly bytesSaved: number;
  readonly freeBytes: number;
}

export interface CleanupDto {
  readonly dryRun: boolean;
  /** Removed by age and number. */
  readonly checkpoints: number;
  /** Moved aside, since nothing names them. */
  readonly orphans: number;
  /** Removed: they were never finished, or no run needs them any more. */
  readonly unfinished: number;
  /** Removed: they were moved aside long ago. */
  readonly oldOrphans: number;
  /** Named by nothing, but not this workspace's to move. */
  readonly left: number;
  /** Kept runs whose model file is not there. */
  readonly missing: number;
  readonly compressed: number;
  /** Old runs that were not kept, left with the figures of their contenders. */
  readonly shrunk: number;
  /** In a dry run at least so many. */
  readonly freedBytes: number;
}

export type VerifiedKind = 'database' | 'candles' | 'models' | 'checkpoints' | 'backups';

export interface VerifyProblemDto {
  readonly kind: VerifiedKind;
  /** Of the file. */
  readonly path: string;
  readonly message: string;
  /** The command that brings it back from the newest whole checkpoint or backup that has it; null: none has. */
  readonly from: string | null;
}

export interface VerifyDto {
  readonly at: string;
  /** How many were read through. */
  readonly counts: Readonly<Record<VerifiedKind, number>>;
  readonly problems: readonly VerifyProblemDto[];
}

export interface BackupDto {
  readonly file: string;
  readonly bytes: number;
  readonly files: number;
}
