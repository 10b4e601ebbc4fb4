import { z } from 'zod';
import { configurationSchema } from '../../contract/configuration.ts';
import { EngineError } from '../../contract/errors.ts';
import { ALL } from '../../contract/words.ts';
import { csvLine } from '../../files/csv.ts';
import type { EvaluationWindow } from '../../pipeline/evaluation-span.ts';
import { ALL_BARS } from '../../pipeline/evaluation-table.ts';
import type { ContextSpec } from '../../pipeline/job.ts';
import { STORED_METRICS, type StoredResults } from '../../pipeline/results-blob.ts';

export const MANIFEST = 'manifest.json';
export const MODEL = 'model.rgm';
export const FIGURES = 'figures.csv';
/** Of the run's own timeframe first, then of the higher ones in the order of its spec. */
export const candlesName = (place: number) => `candles/${place}.candles`;

const figure = z.number().nullable();
const fileSchema = z.strictObject({ bytes: z.int().min(0), sha256: z.string() });

/** What a bundle says of itself and of its run. */
export const manifestSchema = z.strictObject({
  format: z.literal('regimen-run'),
  version: z.literal(1),
  pipeline_version: z.int(),
  /** Of the machine that wrote it: nothing depends on it, and where something did, it would be looked for here. */
  runtime: z.strictObject({ node: z.string(), platform: z.string(), arch: z.string() }),
  run: z.strictObject({ uuid: z.string(), trained_at: z.string() }),
  configuration: configurationSchema,
  config_hash: z.string(),
  training_key: z.string(),
  /** Milliseconds since 1970-01-01 UTC. */
  training: z.strictObject({ from: z.number(), to: z.number() }),
  /** The seed, members, strategies, regimes, costs and evaluated windows are in it. */
  spec: z.custom<ContextSpec>((value) => typeof value === 'object' && value !== null),
  figures: z.strictObject({
    train_rows: figure,
    rmse: figure,
    mae: figure,
    r2: figure,
    rank_ic: figure,
    /** SHA-256 of the table of the holdout: its figures are told once the look at them is spent. */
    holdout_sha256: z.string().nullable(),
  }),
  files: z.record(z.string(), fileSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** @throws EngineError `data-invalid` */
export function readManifest(text: string, file: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notABundle(file, `its ${MANIFEST} is no JSON`, error);
  }
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format === 'regimen-run' && typeof version === 'number' && version > 1) {
    throw notABundle(file, `a newer Regimen wrote it (version ${version}; this one reads 1)`);
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notABundle(
    file,
    `its ${MANIFEST} has something else at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
  );
}

export function notABundle(file: string, reason: string, cause?: unknown): EngineError {
  return new EngineError(
    'data-invalid',
    `${file} can't be replayed: ${reason}. Export the run again where it is.`,
    { file, reason },
    cause,
  );
}

/** Figures of all strategies in one window, over all bars and in each regime, to the bit that is kept; empty: not defined. */
export function figuresCsv(results: StoredResults, window: EvaluationWindow): string {
  const lines = [csvLine(['strategy', 'regime', ...STORED_METRICS])];
  for (let strategy = 0; strategy < results.strategies; strategy++) {
    [ALL, ...results.regimeNames].forEach((regime, i) => {
      const segment = i === 0 ? ALL_BARS : i;
      const values = STORED_METRICS.map((metric) => {
        const value = results.read(strategy, window, segment, metric);
        return Number.isNaN(value) ? null : value;
      });
      lines.push(csvLine([strategy, regime, ...values]));
    });
  }
  return lines.join('');
}
