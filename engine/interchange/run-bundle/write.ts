import { createHash } from 'node:crypto';
import type { Configuration } from '../../contract/configuration.ts';
import { type AtomicFile, createAtomicFile, USER_MODE } from '../../files/atomic-write.ts';
import { createZipWriter } from '../../files/zip-writer.ts';
import { encodeCandles } from '../../market/series/candle-file.ts';
import { decodeModelFile, encodeModelFile } from '../../models/codec.ts';
import type { LoadedContext } from '../../pipeline/job.ts';
import { decodeResults } from '../../pipeline/results-blob.ts';
import { PIPELINE_VERSION } from '../../pipeline/version.ts';
import type { TimeRange } from '../../pipeline/windows.ts';
import { candlesName, FIGURES, figuresCsv, MANIFEST, type Manifest, MODEL } from './manifest.ts';

/** A run, with everything that it was made of. */
export interface BundledRun {
  readonly run: Manifest['run'];
  readonly configuration: Configuration;
  readonly configHash: string;
  readonly trainingKey: string;
  readonly context: LoadedContext;
  readonly training: TimeRange;
  /** The model file, and what messages call it; undefined where it was not kept. */
  readonly model: { readonly bytes: Uint8Array; readonly file: string } | undefined;
  /** As they are stored; null where they are missing. */
  readonly results: Uint8Array | null;
  readonly figures: Omit<Manifest['figures'], 'holdout_sha256'>;
}

export interface WrittenBundle {
  readonly bytes: number;
  readonly files: readonly string[];
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes a run as a ZIP archive that is trained again anywhere: configuration, windows, rules, costs and seed, the candles that it saw, its model and figures.
 * The same run gives the same bytes on the same Node.
 * @throws EngineError as `createAtomicFile`; `artifact-damaged` for a model or table that can't be read. On failure nothing stays of the file.
 */
export async function writeRunBundle(path: string, run: BundledRun): Promise<WrittenBundle> {
  const { context, model, results } = run;
  const contents = new Map<string, Uint8Array>();
  [context.candles, ...context.higher].forEach((candles, place) => {
    contents.set(candlesName(place), encodeCandles(candles));
  });
  // As it was when it was trained: a kept file may have been compressed more since.
  if (model !== undefined) contents.set(MODEL, encodeModelFile(decodeModelFile(model.bytes, model.file)));
  const stored = results === null ? undefined : decodeResults(results);
  if (stored !== undefined) contents.set(FIGURES, Buffer.from(figuresCsv(stored, 'selection')));
  const manifest: Manifest = {
    format: 'regimen-run',
    version: 1,
    pipeline_version: PIPELINE_VERSION,
    runtime: { node: process.version, platform: process.platform, arch: process.arch },
    run: run.run,
    configuration: run.configuration,
    config_hash: run.configHash,
    training_key: run.trainingKey,
    training: run.training,
    spec: context.spec,
    figures: {
      ...run.figures,
      holdout_sha256: stored === undefined ? null : sha256(Buffer.from(figuresCsv(stored, 'holdout'))),
    },
    files: Object.fromEntries(
      [...contents].map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }]),
    ),
  };
  const target: AtomicFile = createAtomicFile(path, USER_MODE);
  try {
    const zip = createZipWriter(target);
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    await zip.addBytes(MANIFEST, text);
    for (const [name, bytes] of contents) await zip.addBytes(name, bytes);
    zip.finish();
    target.commit();
    return {
      bytes: [...contents.values()].reduce((sum, { length }) => sum + length, text.length),
      files: [MANIFEST, ...contents.keys()],
    };
  } finally {
    target.abort();
  }
}
