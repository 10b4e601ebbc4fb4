/** One thing of the workspace as MLflow keeps it: a run with tags, parameters, metrics and files. */
export interface Entry {
  /** Names it within the workspace, for ever: `job/12`. */
  readonly key: string;
  /** What may have changed since it was sent; an entry whose version was sent is not sent again. */
  readonly version: string;
  readonly name: string;
  /** Key of the entry that it belongs to. */
  readonly parent: string | null;
  readonly status: 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
  /** ms since 1970-01-01 UTC. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Never change once they were sent. */
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
  readonly files: readonly EntryFile[];
  /** The version of a model that the run stands for. */
  readonly model?: { readonly name: string; readonly tags: Readonly<Record<string, string>> };
}

export interface Metric {
  readonly key: string;
  readonly value: number;
  /** 0 of a figure that there is one of; of a fold or a trial's fold, its number. */
  readonly step: number;
}

export interface EntryFile {
  /** Below the run's artifacts: `model/model.bin`. */
  readonly path: string;
  /** Read when it is sent. @throws EngineError where it can't be read */
  readonly bytes: () => Uint8Array;
}

type Figure = number | null | undefined;

/** Those of these figures that there are. MLflow knows no infinite ones. */
export function metricsOf(figures: Readonly<Record<string, Figure>>, step = 0): Metric[] {
  return Object.entries(figures).flatMap(([key, value]) =>
    typeof value === 'number' && Number.isFinite(value) ? [{ key: nameOf(key), value, step }] : [],
  );
}

type Value = string | number | boolean | null | undefined;

/** Texts of those values that there are. */
export function textsOf(values: Readonly<Record<string, Value>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === null || value === undefined || value === '' ? [] : [[nameOf(key), String(value)]],
    ),
  );
}

/** A name that MLflow takes: letters, digits and `_-. :/`. */
export const nameOf = (text: string) => text.replace(/[^A-Za-z0-9_\-. :/]/g, '_').slice(0, MOST_NAME);

/** Characters of a name. */
const MOST_NAME = 250;
