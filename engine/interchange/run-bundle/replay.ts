import { createHash } from 'node:crypto';
import { EngineError } from '../../contract/errors.ts';
import { FILE_KINDS } from '../../files/user-file.ts';
import { openZip } from '../../files/zip-reader.ts';
import type { Candles } from '../../market/candles.ts';
import { decodeCandles } from '../../market/series/candle-file.ts';
import { decodeModelFile, type ModelFile } from '../../models/codec.ts';
import { runCell } from '../../pipeline/cell.ts';
import { createContext } from '../../pipeline/context.ts';
import { decodeResults } from '../../pipeline/results-blob.ts';
import { PIPELINE_VERSION } from '../../pipeline/version.ts';
import {
  candlesName,
  FIGURES,
  figuresCsv,
  MANIFEST,
  type Manifest,
  MODEL,
  notABundle,
  readManifest,
} from './manifest.ts';

export interface ReplayJob {
  readonly file: string;
}

/** A place where what is computed now is not what was. */
export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly found: string;
}

export interface Replay {
  readonly manifest: Manifest;
  /** What was compared, in words. */
  readonly compared: readonly string[];
  /** The first of them. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

/** Differences that are told one by one. */
const MOST_DIFFERENCES = 50;
const MOST_ENTRIES = 100;
/** Of one entry: years of M1 candles take 200 MB. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * Trains the run of a bundle again, from what is in it alone, and says what comes out otherwise, field by field.
 * @throws EngineError as `openUserFile`; `data-invalid` for a file that is no bundle, or has another content than its manifest says
 */
export async function replayRun({ file }: ReplayJob): Promise<Replay> {
  const { manifest, contents } = await readBundle(file);
  const { spec, configuration, training, figures } = manifest;
  const differences: Difference[] = [];
  const compared: string[] = [];
  const compare = (where: string, expected: unknown, found: unknown) => {
    if (!Object.is(expected, found))
      differences.push({ where, expected: text(expected), found: text(found) });
  };
  compare('version of the pipeline', manifest.pipeline_version, PIPELINE_VERSION);

  const candles = Array.from({ length: 1 + (spec.higher?.length ?? 0) }, (_, place): Candles => {
    const bytes = contents.get(candlesName(place));
    if (bytes === undefined) throw notABundle(file, `${candlesName(place)} is missing`);
    return decodeCandles(new Uint8Array(bytes), candlesName(place));
  });
  const [series, ...higher] = candles as [Candles, ...Candles[]];
  const cell = trainAgain(file, () =>
    runCell(createContext({ spec, candles: series, higher }), {
      index: 0,
      configuration,
      training,
      configHash: manifest.config_hash,
      trainingKey: manifest.training_key,
    }),
  );

  compared.push('the figures of the left-out rows');
  compare('training rows', figures.train_rows, cell.trainRows);
  const { rmse, mae, r2, rankIc: rank_ic } = cell.metrics;
  for (const [name, found] of Object.entries({ rmse, mae, r2, rank_ic })) {
    compare(name, figures[name as 'rmse'], Number.isFinite(found) ? found : null);
  }
  const model = contents.get(MODEL);
  if (model !== undefined) {
    compared.push('the model, byte by byte');
    if (!Buffer.from(model).equals(cell.artifact))
      differences.push(...modelDifferences(model, cell.artifact));
  }
  const table = contents.get(FIGURES);
  const results = decodeResults(cell.encoded!);
  if (table !== undefined) {
    compared.push(`${results.strategies} strategies, every figure of the selection window`);
    differences.push(...tableDifferences(table.toString(), figuresCsv(results, 'selection')));
  }
  if (figures.holdout_sha256 !== null) {
    compared.push('those of the holdout, by their digest');
    compare(
      "digest of the holdout's figures",
      figures.holdout_sha256,
      sha256(Buffer.from(figuresCsv(results, 'holdout'))),
    );
  }
  return {
    manifest,
    compared,
    differences: differences.slice(0, MOST_DIFFERENCES),
    differenceCount: differences.length,
  };
}

/** The manifest is what a person may have written: whatever it makes the pipeline stumble over is its fault. */
function trainAgain<T>(file: string, train: () => T): T {
  try {
    return train();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'training-failed') throw error;
    throw notABundle(
      file,
      `what it says can't be trained (${error instanceof Error ? error.message : error})`,
      error,
    );
  }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function readBundle(file: string): Promise<{ manifest: Manifest; contents: Map<string, Buffer> }> {
  const contents = new Map<string, Buffer>();
  try {
    const archive = openZip(file, FILE_KINDS.bundle);
    try {
      if (archive.entries.length > MOST_ENTRIES) throw new Error(`it has ${archive.entries.length} entries`);
      for (const entry of archive.entries) {
        if (entry.bytes > MOST_BYTES) throw new Error(`${entry.name} is too large`);
        const pieces: Buffer[] = [];
        for await (const piece of archive.content(entry)) pieces.push(piece);
        contents.set(entry.name, Buffer.concat(pieces));
      }
    } finally {
      archive.close();
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw notABundle(file, `it is no archive of a run, or damaged (${(error as Error).message})`, error);
  }
  const found = contents.get(MANIFEST);
  if (found === undefined) throw notABundle(file, `it has no ${MANIFEST}`);
  const manifest = readManifest(found.toString(), file);
  for (const [name, { bytes, sha256: digest }] of Object.entries(manifest.files)) {
    const content = contents.get(name);
    if (content === undefined) throw notABundle(file, `${name} is missing`);
    if (content.length !== bytes || sha256(content) !== digest) {
      throw notABundle(file, `${name} is not what its manifest says: it was changed since`);
    }
  }
  return { manifest, contents };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** Which parts of two model files differ; bytes alone where all parts are the same. */
function modelDifferences(expected: Uint8Array, found: Uint8Array): Difference[] {
  const [was, is] = [decodeModelFile(expected, MODEL), decodeModelFile(found, 'the model trained now')];
  const parts = (file: ModelFile) => ({
    ...Object.fromEntries(
      Object.entries(file)
        .filter(([name]) => name !== 'members')
        .map(([name, value]) => [`model, ${name}`, JSON.stringify(value)]),
    ),
    ...Object.fromEntries(
      file.members.map((bytes, k) => [
        `model, member ${k + 1}`,
        `${bytes.length} bytes, SHA-256 ${sha256(bytes)}`,
      ]),
    ),
  });
  const [before, now]: Record<string, string>[] = [parts(was), parts(is)];
  const names = new Set([...Object.keys(before!), ...Object.keys(now!)]);
  const differences = [...names]
    .filter((name) => before![name] !== now![name])
    .map((where) => ({ where, expected: before![where] ?? 'nothing', found: now![where] ?? 'nothing' }));
  if (differences.length > 0) return differences;
  const digest = (bytes: Uint8Array) => `SHA-256 ${sha256(bytes)}`;
  return [{ where: 'model, its compressed bytes', expected: digest(expected), found: digest(found) }];
}

/** Cell by cell of two tables with the same head. */
function tableDifferences(expected: string, found: string): Difference[] {
  if (expected === found) return [];
  const [was, is] = [expected, found].map((one) =>
    one
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',')),
  ) as [string[][], string[][]];
  const differences: Difference[] = [];
  for (let row = 0; row < Math.max(was.length, is.length); row++) {
    const [before = [], now = []] = [was[row], is[row]];
    for (let column = 0; column < Math.max(before.length, now.length); column++) {
      if (before[column] === now[column]) continue;
      const [strategy, regime] = before.length > 0 ? before : now;
      differences.push({
        where: `strategy ${strategy}, regime ${regime}, ${was[0]?.[column] ?? is[0]?.[column] ?? column}`,
        expected: before[column] || 'nothing',
        found: now[column] || 'nothing',
      });
    }
  }
  return differences;
}
