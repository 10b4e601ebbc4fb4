import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Unzipped, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCandles } from '../../market/series/candle-file.ts';
import { decodeModelFile, recompressModelFile } from '../../models/codec.ts';
import { runCell } from '../../pipeline/cell.ts';
import { createContext } from '../../pipeline/context.ts';
import { trained, trainedWindows } from '../testing/trained.ts';
import { FIGURES, MANIFEST, type Manifest, MODEL } from './manifest.ts';
import { replayRun } from './replay.ts';
import { type BundledRun, writeRunBundle } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'regimen-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'run.zip');

let run: BundledRun;
let entries: Unzipped;
beforeAll(async () => {
  const { loaded, model } = trained('xgboost', { n_estimators: 5, subsample: 0.7 });
  const { configuration, configHash, modelKey } = decodeModelFile(model, 'm');
  const { training } = trainedWindows(30);
  const job = { index: 0, configuration, training, configHash, trainingKey: modelKey };
  const { metrics, trainRows, encoded, artifact } = runCell(createContext(loaded), job);
  run = {
    run: { uuid: '0f0e0d0c-0000-8000-8000-000000000000', trained_at: '2025-01-01T00:00:00.000Z' },
    configuration,
    configHash,
    trainingKey: modelKey,
    context: loaded,
    training,
    // As a workspace keeps it once it has had the time.
    model: { bytes: recompressModelFile(artifact, 'm'), file: 'm' },
    results: encoded!,
    figures: {
      train_rows: trainRows,
      rmse: metrics.rmse,
      mae: metrics.mae,
      r2: metrics.r2,
      rank_ic: metrics.rankIc,
    },
  };
  await writeRunBundle(file, run);
  entries = unzipSync(readFileSync(file));
});

/** Replays the bundle with something changed, its manifest knowing or not. */
async function changed(change: (entries: Unzipped, manifest: Manifest) => void, isKnown = true) {
  const copy = { ...entries };
  const manifest = JSON.parse(Buffer.from(copy[MANIFEST]!).toString()) as Manifest;
  change(copy, manifest);
  if (isKnown) {
    for (const [name, bytes] of Object.entries(copy)) {
      if (name !== MANIFEST)
        manifest.files[name] = {
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        };
    }
  }
  if (copy[MANIFEST] !== undefined) copy[MANIFEST] = Buffer.from(JSON.stringify(manifest));
  const other = join(folder, 'changed.zip');
  writeFileSync(other, zipSync(copy));
  return replayRun({ file: other });
}

const whereOf = async (...args: Parameters<typeof changed>) =>
  (await changed(...args)).differences.map(({ where }) => where);

test('what it is trained on again is in it, and comes to the same bits', async () => {
  expect(Object.keys(entries)).toEqual([MANIFEST, 'candles/0.candles', MODEL, FIGURES]);
  const { differences, differenceCount, compared } = await replayRun({ file });
  expect(differences).toEqual([]);
  expect(differenceCount).toBe(0);
  expect(compared).toHaveLength(4);
});

test('the same run is the same bytes; figures of the holdout are not told', async () => {
  const again = join(folder, 'again.zip');
  await writeRunBundle(again, run);
  expect(readFileSync(again)).toEqual(readFileSync(file));
  const text = Buffer.from(entries[MANIFEST]!).toString();
  expect(Object.keys((JSON.parse(text) as Manifest).figures)).toEqual([
    'train_rows',
    'rmse',
    'mae',
    'r2',
    'rank_ic',
    'holdout_sha256',
  ]);
});

describe('says what differs', () => {
  test('a figure, a cell of the table, the digest of the holdout', async () => {
    const found = await changed((all, manifest) => {
      manifest.figures.rmse! += 1e-12;
      manifest.figures.holdout_sha256 = 'other';
      const lines = Buffer.from(all[FIGURES]!).toString().split('\r\n');
      const cells = lines[3]!.split(',');
      cells[11] = '77';
      lines[3] = cells.join(',');
      all[FIGURES] = Buffer.from(lines.join('\r\n'));
    });
    const head = Buffer.from(entries[FIGURES]!).toString().split('\r\n')[0]!.split(',');
    expect(found.differences).toEqual([
      expect.objectContaining({ where: 'rmse', found: String(run.figures.rmse) }),
      expect.objectContaining({ where: expect.stringContaining(`, ${head[11]}`), expected: '77' }),
      expect.objectContaining({ where: "digest of the holdout's figures", expected: 'other' }),
    ]);
  });

  test('one candle: the model, member by member, and what it comes to', async () => {
    const close = run.context.candles.close.slice();
    const middle = Math.floor(close.length / 2);
    close[middle]! *= 1.001;
    const where = await whereOf((all) => {
      all['candles/0.candles'] = Uint8Array.from(encodeCandles({ ...run.context.candles, close }));
    });
    expect(where).toEqual(expect.arrayContaining(['rmse', 'model, member 1', 'model, member 3']));
  });

  test('another seed, and another version of the pipeline', async () => {
    const where = await whereOf((_, manifest) => {
      manifest.pipeline_version--;
      (manifest.spec.settings as { seed: number }).seed++;
    });
    expect(where[0]).toBe('version of the pipeline');
    expect(where).toContain('model, member 2');
  });

  test('without the model it compares figures alone', async () => {
    const { compared, differences } = await changed((all, { files }) => {
      delete all[MODEL];
      delete files[MODEL];
    });
    expect(compared).toHaveLength(3);
    expect(differences).toEqual([]);
  });
});

describe('refuses', () => {
  test.each(['candles/0.candles', MODEL, FIGURES])('%s with a bit flipped', async (name) => {
    const flip = (all: Unzipped) => {
      const bytes = Uint8Array.from(all[name]!);
      bytes[bytes.length - 1]! ^= 1;
      all[name] = bytes;
    };
    await expect(changed(flip, false)).rejects.toThrow(`${name} is not what its manifest says`);
  });

  test.each<[string, (all: Unzipped, manifest: Manifest) => void, RegExp]>([
    ['no manifest', (all) => delete all[MANIFEST], /has no manifest\.json/],
    ['a missing file', (all) => delete all[MODEL], /model\.rgm is missing/],
    ['a newer format', (_, m) => Object.assign(m, { version: 2 }), /a newer Regimen wrote it/],
    ['another format', (_, m) => Object.assign(m, { format: 'zip' }), /something else at format/],
    ['a spec that is none', (_, m) => Object.assign(m, { spec: {} }), /can't be replayed/],
  ])('%s', async (_name, change, message) => {
    await expect(changed(change, false)).rejects.toMatchObject({ code: 'data-invalid' });
    await expect(changed(change, false)).rejects.toThrow(message);
  });

  test('what is cut off, no archive, or not there', async () => {
    const other = join(folder, 'cut.zip');
    const bytes = readFileSync(file);
    writeFileSync(other, bytes.subarray(0, bytes.length - 100));
    await expect(replayRun({ file: other })).rejects.toMatchObject({ code: 'data-invalid' });
    writeFileSync(other, 'text');
    await expect(replayRun({ file: other })).rejects.toThrow(/no archive of a run, or damaged/);
    await expect(replayRun({ file: join(folder, 'none.zip') })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});
