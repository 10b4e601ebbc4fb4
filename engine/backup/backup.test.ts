import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sliceCandles } from '../market/candles.ts';
import { demoMarket } from '../market/demo-market.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { createCandleLibrary } from '../store/candle-library.ts';
import { openStore, type Store } from '../store/database.ts';
import { clearArtifact, findRun, insertRun, keptModels } from '../store/runs.ts';
import { exampleModel, exampleRun, keptRun } from '../store/testing/example-rows.ts';
import { type BackupDeps, createBackup } from './create.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup, unpackBackup } from './restore.ts';
import { finishRestore, STAGING } from './switch.ts';
import { forgeBackup } from './testing/forge.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const candles = demoMarket()[0]!;

let root: string;
let source: string;
let archive: string;
let store: Store;
let deps: BackupDeps;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backup-'));
  source = join(root, 'source');
  archive = join(root, 'backup.zip');
  mkdirSync(join(source, 'models'), { recursive: true });
  writeFileSync(join(source, 'config.yaml'), 'storage:\n  artifacts_dir: models\n');
  store = openStore(join(source, 'regimen.db'));
  const candleFolder = join(source, 'candles');
  const library = createCandleLibrary(store, candleFolder, () => 'new_york');
  // A run needs what the series was before it was corrected, too.
  const former = library.record(writeSeries(candleFolder, sliceCandles(candles, 0, 500)), NOW, undefined);
  library.record(writeSeries(candleFolder, candles), NOW, former.file, { lost: ['view'], held: [] });
  const run = keptRun(1);
  writeFileSync(join(source, 'models', run.artifact_file), exampleModel(1));
  insertRun(store, run, []);
  deps = { store, workspace: source, artifactFolder: join(source, 'models'), candleFolder, now: () => NOW };
});
afterEach(() => {
  if (store.raw.open) store.close();
  rmSync(root, { recursive: true });
});

/** Paths and contents below a folder; of a database whether it holds the run. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

function withoutDatabase(folder: string) {
  return Object.fromEntries(
    Object.entries(contents(folder)).filter(([path]) => !path.startsWith('regimen.db')),
  );
}

describe('a backup', () => {
  it('brings back everything, into a workspace that does not exist yet', async () => {
    const shares: number[] = [];
    const made = await createBackup(deps, archive, (share) => shares.push(share));
    expect(made).toMatchObject({ file: archive, files: 5 });
    expect(shares.at(-1)).toBe(1);
    const target = join(root, 'target');
    expect(await restoreBackup(archive, target, NOW)).toMatchObject({ files: 5 });
    expect(withoutDatabase(target)).toEqual(withoutDatabase(source));
    const restored = openStore(join(target, 'regimen.db'));
    expect(findRun(restored, 1)).toEqual(findRun(store, 1));
    restored.close();
    expect(readdirSync(root).sort()).toEqual(['backup.zip', 'source', 'target']);
  });

  it('is a ZIP archive that other programs can open', async () => {
    await createBackup(deps, archive);
    const files = unzipSync(readFileSync(archive));
    expect(Object.keys(files).at(-1)).toBe('manifest.json');
    expect(Buffer.from(files['config.yaml']!).toString()).toBe('storage:\n  artifacts_dir: models\n');
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString());
    for (const { path, bytes, sha256 } of manifest.files) {
      expect(files[path]).toHaveLength(bytes);
      expect(createHash('sha256').update(files[path]!).digest('hex')).toBe(sha256);
    }
  });

  it('says which files were missing when it was made, and is restored without them', async () => {
    const missing = keptRun(1).artifact_file;
    rmSync(join(source, 'models', missing));
    await createBackup(deps, archive);
    const manifest = JSON.parse(
      Buffer.from(unzipSync(readFileSync(archive))['manifest.json']!).toString(),
    ) as Manifest;
    expect(manifest.missing).toEqual([`artifacts/${missing}`]);
    await expect(restoreBackup(archive, join(root, 'target'), NOW)).resolves.toMatchObject({ files: 4 });
  });

  it('is not made of a database that names files elsewhere', async () => {
    store.raw.exec("UPDATE series SET file = '../config.yaml'");
    await expect(createBackup(deps, archive)).rejects.toMatchObject({ code: 'store-damaged' });
    expect(readdirSync(root)).toEqual(['source']);
  });

  it('leaves nothing behind where it can not be written', async () => {
    await expect(createBackup(deps, join(root, 'no', 'backup.zip'))).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect(readdirSync(root)).toEqual(['source']);
  });
});

describe('a backup of a workspace that is trained in', () => {
  const restoredRuns = async () => {
    const target = join(root, 'target');
    await restoreBackup(archive, target, NOW);
    const restored = openStore(join(target, 'regimen.db'));
    const kept = keptModels(restored).map(({ artifact_file: name }) => name);
    restored.close();
    return { kept, files: readdirSync(join(target, 'models')).sort() };
  };
  /** As it is done when another run takes its place: the row first, then the file. */
  function pushOut(n: number): void {
    clearArtifact(store, n);
    rmSync(join(source, 'models', keptRun(n).artifact_file));
  }

  it('holds models and candles that are deleted while it is written', async () => {
    const [candlesOf] = readdirSync(join(source, 'candles'));
    let isFirst = true;
    const made = await createBackup(deps, archive, () => {
      if (!isFirst) return;
      isFirst = false;
      pushOut(1);
      for (const name of readdirSync(join(source, 'candles'))) rmSync(join(source, 'candles', name));
    });
    expect(made).toMatchObject({ files: 5 });
    const { kept, files } = await restoredRuns();
    expect([kept, files]).toEqual([[keptRun(1).artifact_file], [keptRun(1).artifact_file]]);
    expect(readdirSync(join(root, 'target', 'candles'))).toContain(candlesOf);
  });

  it('is of a later moment where a model went before it was held', async () => {
    const second = keptRun(2);
    let asked = 0;
    const late: BackupDeps = {
      ...deps,
      get artifactFolder() {
        // By now the view of the database is taken.
        if (asked++ === 0) {
          writeFileSync(join(source, 'models', second.artifact_file), exampleModel(2));
          insertRun(store, second, []);
          pushOut(1);
        }
        return join(source, 'models');
      },
    };
    await createBackup(late, archive);
    expect(asked).toBe(2);
    const { kept, files } = await restoredRuns();
    expect([kept, files]).toEqual([[second.artifact_file], [second.artifact_file]]);
  });

  it('leaves out what is missing for good', async () => {
    rmSync(join(source, 'models', keptRun(1).artifact_file));
    expect(await createBackup(deps, archive)).toMatchObject({ files: 4 });
  });
});

describe('a restore', () => {
  it('moves what is there aside', async () => {
    await createBackup(deps, archive);
    const target = join(root, 'target');
    mkdirSync(join(target, 'artifacts'), { recursive: true });
    writeFileSync(join(target, 'artifacts', 'old'), 'old model');
    writeFileSync(join(target, 'config.yaml'), '# old\n');
    const old = openStore(join(target, 'regimen.db'));
    insertRun(old, exampleRun(7), []);
    old.close();
    await restoreBackup(archive, target, NOW);
    const aside = join(target, 'replaced-20260102_030405');
    expect(readFileSync(join(aside, 'artifacts', 'old'), 'utf8')).toBe('old model');
    expect(readFileSync(join(aside, 'config.yaml'), 'utf8')).toBe('# old\n');
    const moved = openStore(join(aside, 'regimen.db'));
    expect(findRun(moved, 7)).toBeDefined();
    moved.close();
    expect(existsSync(join(target, 'artifacts'))).toBe(false);
    expect(readdirSync(join(target, 'models'))).toEqual([keptRun(1).artifact_file]);
  });

  it('is refused while the workspace is open, and changes nothing', async () => {
    await createBackup(deps, archive);
    const before = contents(source);
    await expect(restoreBackup(archive, source, NOW)).rejects.toMatchObject({ code: 'workspace-busy' });
    expect(contents(source)).toEqual(before);
  });

  it('replaces a damaged database', async () => {
    await createBackup(deps, archive);
    const target = join(root, 'target');
    mkdirSync(target);
    writeFileSync(join(target, 'regimen.db'), 'this is no database at all');
    await restoreBackup(archive, target, NOW);
    const restored = openStore(join(target, 'regimen.db'));
    expect(findRun(restored, 1)).toBeDefined();
    restored.close();
  });

  it('that a crash interrupts anywhere is ended by the next start', async () => {
    await createBackup(deps, archive);
    const prepared = join(root, 'prepared');
    mkdirSync(prepared);
    writeFileSync(join(prepared, 'config.yaml'), '# old\n');
    writeFileSync(join(prepared, 'regimen.db'), 'old');
    await unpackBackup(archive, prepared);
    // Unpacked, but not begun to switch over: the next start leaves everything as it was.
    finishRestore(prepared);
    expect(readFileSync(join(prepared, 'config.yaml'), 'utf8')).toBe('# old\n');

    const steps: [from: string, to: string][] = [
      ['config.yaml', 'replaced-x/config.yaml'],
      ['regimen.db', 'replaced-x/regimen.db'],
      [`${STAGING}/regimen.db`, 'regimen.db'],
      [`${STAGING}/config.yaml`, 'config.yaml'],
    ];
    for (let done = 0; done <= steps.length; done++) {
      const target = join(root, `crashed-${done}`);
      cpSync(prepared, target, { recursive: true });
      mkdirSync(join(target, 'replaced-x'));
      for (const [from, to] of steps.slice(0, done)) {
        cpSync(join(target, from), join(target, to));
        rmSync(join(target, from));
      }
      const journal = {
        phase: done <= 2 ? 'aside' : 'in',
        replaced: 'replaced-x',
        aside: ['regimen.db', 'config.yaml', 'candles', 'models'],
        in: [
          ['regimen.db', 'regimen.db'],
          ['config.yaml', 'config.yaml'],
          ['candles', 'candles'],
          ['artifacts', 'models'],
        ],
      };
      writeFileSync(join(target, STAGING, 'journal.json'), JSON.stringify(journal));
      finishRestore(target);
      const {
        'replaced-x/config.yaml': oldConfig,
        'replaced-x/regimen.db': oldDatabase,
        ...now
      } = contents(target);
      expect(oldConfig).toBeDefined();
      expect(oldDatabase).toBeDefined();
      const { 'regimen.db': database, ...rest } = now;
      expect(database).toBeDefined();
      expect(rest).toEqual(withoutDatabase(source));
    }
  });
});

describe('an archive that is not as it was written', () => {
  const target = () => join(root, 'target');
  const refusal = expect.objectContaining({ code: 'artifact-damaged' });

  async function refused(bytes: Uint8Array): Promise<void> {
    const file = join(root, 'broken.zip');
    writeFileSync(file, bytes);
    await expect(unpackBackup(file, target())).rejects.toEqual(refusal);
    expect(existsSync(join(target(), STAGING))).toBe(false);
  }

  it('is refused when it is cut off anywhere', async () => {
    await createBackup(deps, archive);
    const bytes = readFileSync(archive);
    await refused(new Uint8Array());
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), (length) => refused(bytes.subarray(0, length))),
      { numRuns: 30 },
    );
  });

  it('restores what it should or is refused when any bit is flipped', async () => {
    // Some bits mean nothing: times, or names in local headers, which the directory repeats.
    await createBackup(deps, archive);
    const bytes = readFileSync(archive);
    const file = join(root, 'flipped.zip');
    await unpackBackup(archive, target());
    const expected = contents(join(target(), STAGING));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= 1 << bit;
        writeFileSync(file, flipped);
        const error = await unpackBackup(file, target()).then(
          () => undefined,
          (e) => e,
        );
        if (error === undefined) expect(contents(join(target(), STAGING))).toEqual(expected);
        else expect(['artifact-damaged', 'artifact-newer']).toContain(error.code);
      }),
      { numRuns: 40 },
    );
  });

  async function forge(files: Record<string, Uint8Array>, change?: (manifest: Manifest) => void) {
    await forgeBackup(archive, files, change);
    return unpackBackup(archive, target());
  }
  /** Of a workspace that has nothing yet. */
  const database = () => {
    const file = join(root, 'empty', 'regimen.db');
    mkdirSync(dirname(file));
    openStore(file).close();
    const bytes = readFileSync(file);
    rmSync(dirname(file), { recursive: true });
    return bytes;
  };

  it.each(['../evil.db', '/etc/evil', 'candles/../../evil', 'artifacts/evil.sh', 'C:\\evil', 'logs/x.log'])(
    'is refused for the entry %s',
    async (path) => {
      await expect(forge({ 'regimen.db': database(), [path]: Buffer.from('x') })).rejects.toEqual(refusal);
      expect(readdirSync(root).sort()).toEqual(['backup.zip', 'source']);
    },
  );

  it('is refused with a wrong digest, a wrong size, a missing file, a damaged or no database', async () => {
    const db = database();
    await expect(
      forge({ 'regimen.db': db }, (m) => {
        m.files[0]!.sha256 = '0'.repeat(64);
      }),
    ).rejects.toEqual(refusal);
    await expect(
      forge({ 'regimen.db': db }, (m) => {
        m.files[0]!.bytes++;
      }),
    ).rejects.toEqual(refusal);
    await expect(forge({ 'config.yaml': Buffer.from('') })).rejects.toEqual(refusal);
    await expect(forge({ 'regimen.db': Buffer.from('no database') })).rejects.toEqual(refusal);
    await expect(forge({ 'regimen.db': db }, (m) => m.files.push(m.files[0]!))).rejects.toEqual(refusal);
    await expect(
      forge({ 'regimen.db': db }, (m) => {
        m.version = 2;
      }),
    ).rejects.toMatchObject({ code: 'artifact-newer' });
    await expect(forge({ 'regimen.db': db })).resolves.toMatchObject({ files: 1 });
  });

  it('is refused when it would unpack to more than it says', async () => {
    await createBackup(deps, archive);
    const bytes = readFileSync(archive);
    // The database's size in the directory: after its 46 bytes, its name and the head of the 64-bit field.
    const at =
      bytes.lastIndexOf('regimen.db', bytes.indexOf('PK\u0001\u0002') + 60) + 'regimen.db'.length + 4;
    const size = bytes.readBigUInt64LE(at);
    bytes.writeBigUInt64LE(size - 4096n, at);
    await refused(bytes);
  });

  it('is refused when it is some other ZIP archive', async () => {
    await refused(zipSync({ 'regimen.db': Buffer.from('x') }));
  });
});
