import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../identity/digest.ts';
import { sliceCandles } from '../market/candles.ts';
import { demoMarket } from '../market/demo-market.ts';
import { writeSeries } from '../market/series/write-series.ts';
import { encodeModelFile } from '../models/codec.ts';
import { createCandleLibrary } from '../store/candle-library.ts';
import { openStore } from '../store/database.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { findRun, insertRun } from '../store/runs.ts';
import { exampleConfiguration, exampleModel, keptRun } from '../store/testing/example-rows.ts';
import { rawDatabase } from '../store/testing/raw-database.ts';
import { unpackFirstRelease } from '../testing/first-release.ts';
import { hostileFiles, hostileJson, withstand } from '../testing/hostile.ts';
import { createBackup } from './create.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup, unpackBackup } from './restore.ts';
import { forgeBackup } from './testing/forge.ts';

/** What a backup holds beyond whole bytes: each fault is told before anything of the workspace is touched. */

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const RUN = keptRun(1);
const MODEL = `artifacts/${RUN.artifact_file}`;
type Files = Record<string, Uint8Array>;

/** The content of a good backup: one series, one model, a configuration. */
let good: Readonly<Files>;
let CANDLES: string;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'good-backup-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(join(workspace, 'artifacts'), { recursive: true });
  writeFileSync(join(workspace, 'config.yaml'), 'training:\n  seed: 7\n');
  const store = openStore(join(workspace, 'regimen.db'));
  const candleFolder = join(workspace, 'candles');
  const library = createCandleLibrary(store, candleFolder, () => 'new_york');
  const series = writeSeries(candleFolder, sliceCandles(demoMarket()[0]!, 0, 500));
  library.record(series, NOW, undefined);
  CANDLES = `candles/${series.file}`;
  writeFileSync(join(workspace, MODEL), exampleModel(1));
  insertRun(store, RUN, []);
  const archive = join(folder, 'good.zip');
  const artifactFolder = join(workspace, 'artifacts');
  await createBackup({ store, workspace, artifactFolder, candleFolder, now: () => NOW }, archive);
  store.close();
  const { 'manifest.json': _manifest, ...files } = unzipSync(readFileSync(archive));
  good = files;
  rmSync(folder, { recursive: true });
});

let root: string;
let target: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'validate-'));
  target = join(root, 'workspace');
  mkdirSync(target);
  openStore(join(target, 'regimen.db')).close();
  writeFileSync(join(target, 'config.yaml'), '# mine\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const everything = () =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.zip'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );

/** The database of the good backup after some statements. */
function changed(sql: string): Uint8Array {
  const path = join(root, 'changed.db');
  writeFileSync(path, good['regimen.db']!);
  const db = rawDatabase(path);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
}

const database = (sql: string) => () => ({ ...good, 'regimen.db': changed(sql) });
const config = (text: string) => () => ({ ...good, 'config.yaml': Buffer.from(text) });
const without = (path: () => string) => () =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== path()));
const otherModel = (change: object) => () => ({
  ...good,
  [MODEL]: encodeModelFile({
    configuration: exampleConfiguration(12),
    configHash: RUN.config_hash,
    modelKey: RUN.run_key,
    pipelineVersion: 1,
    trainingDataDigest: 'd',
    featureNames: ['a'],
    members: [],
    ...change,
  }),
});
const noTables = () => {
  const path = join(root, 'bare.db');
  const db = rawDatabase(path);
  db.pragma(`user_version = ${MIGRATIONS.length}`);
  db.close();
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
};

const DAMAGED = 'artifact-damaged';
const CASES: readonly (readonly [
  title: string,
  files: () => Files,
  code: string,
  says: readonly (string | (() => string))[],
])[] = [
  ['an empty database', () => ({ ...good, 'regimen.db': new Uint8Array() }), DAMAGED, ['it has no version']],
  [
    'a database without tables',
    () => ({ ...good, 'regimen.db': noTables() }),
    DAMAGED,
    ['lacks the table "champions"'],
  ],
  ['a version below the first', database('PRAGMA user_version = -1'), DAMAGED, ['it has no version']],
  [
    'a newer version',
    database(`PRAGMA user_version = ${MIGRATIONS.length + 1}`),
    'store-newer',
    ['Update Regimen'],
  ],
  ['a foreign table', database('CREATE TABLE evil (x)'), DAMAGED, ['has the table "evil"']],
  [
    'a foreign trigger',
    database('CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM champions; END'),
    DAMAGED,
    ['has the trigger "evil"', 'regimen.db: '],
  ],
  ['a view', database('CREATE VIEW evil AS SELECT 1'), DAMAGED, ['has the view "evil"']],
  ['a virtual table', database('CREATE VIRTUAL TABLE evil USING fts5(x)'), DAMAGED, ['"evil']],
  ['a foreign index', database('CREATE INDEX evil ON runs (uuid)'), DAMAGED, ['has the index "evil"']],
  ['a table with a further column', database('ALTER TABLE runs ADD COLUMN evil TEXT'), DAMAGED, ['"runs"']],
  ['a lost table', database('DROP TABLE former_candles'), DAMAGED, ['lacks the table "former_candles"']],
  [
    'a row that refers to nothing',
    database(
      "INSERT INTO audit (at, run_id, symbol, timeframe, regime, decision, reason) VALUES (1, 99, 'A', 'H1', 'r', 'd', 'x')",
    ),
    DAMAGED,
    ['audit', 'not there'],
  ],
  ['text that is no JSON', database("UPDATE runs SET basis = '{'"), DAMAGED, ['runs', 'basis']],
  ...['../../x', '/etc/passwd', 'candles/../../x', 'C:\\x', 'NUL', 'x\u0000y', ''].map(
    (name) =>
      [
        `a series in the file ${JSON.stringify(name)}`,
        database(`UPDATE series SET file = CAST(x'${Buffer.from(name).toString('hex')}' AS TEXT)`),
        DAMAGED,
        ['the series "DEMO_EURUSD" "H1" names the file'],
      ] as const,
  ),
  [
    'a series with a symbol that leads away',
    database("UPDATE series SET symbol = '../../X'"),
    DAMAGED,
    ['names the file'],
  ],
  [
    'a former series in a file elsewhere',
    database("INSERT INTO former_candles VALUES ('../x', 'A', 'H1', 'd', 1, '[]')"),
    DAMAGED,
    ['"../x"'],
  ],
  [
    'a model elsewhere',
    database("UPDATE runs SET artifact_file = '../x'"),
    DAMAGED,
    ['run 1 names the file'],
  ],
  [
    'a model named after another run',
    database(`UPDATE runs SET artifact_file = '${keptRun(2).artifact_file}'`),
    DAMAGED,
    ['run 1 names the file'],
  ],
  ['no model', without(() => MODEL), DAMAGED, [MODEL, 'it is not there']],
  ['no candles', without(() => CANDLES), DAMAGED, [() => CANDLES, 'it is not there']],
  [
    'a model that is cut off',
    () => ({ ...good, [MODEL]: good[MODEL]!.subarray(0, 100) }),
    DAMAGED,
    [MODEL, 'bytes'],
  ],
  ['the model of another run', otherModel({ modelKey: digestOf(['other']) }), DAMAGED, ['another run']],
  [
    'a model whose members do not decode',
    otherModel({ members: [Uint8Array.of(1, 2, 3)] }),
    DAMAGED,
    [MODEL, 'linear model'],
  ],
  [
    'a model of a type that is not known',
    otherModel({ configuration: { ...exampleConfiguration(12), modelType: 'oracle' } }),
    DAMAGED,
    ['"oracle"'],
  ],
  [
    'candles with a flipped bit',
    () => {
      const bytes = Uint8Array.from(good[CANDLES]!);
      bytes[bytes.length - 1]! ^= 1;
      return { ...good, [CANDLES]: bytes };
    },
    DAMAGED,
    [() => CANDLES, 'checksum'],
  ],
  [
    'a configuration with a mistake',
    config('training:\n  sede: 7\n'),
    'config-invalid',
    ['config.yaml line 2', 'Did you mean "seed"'],
  ],
  ['a configuration that is no YAML', config('{{{'), 'config-invalid', ['config.yaml']],
  [
    'a configuration in Latin-1',
    () => ({ ...good, 'config.yaml': Uint8Array.of(0x23, 0xe4, 10) }),
    'config-invalid',
    ['config.yaml is not UTF-8'],
  ],
  [
    'a configuration that is too large',
    config('#'.repeat(2_000_000)),
    'file-unreadable',
    ['config.yaml has 1.9 MB'],
  ],
  [
    'models outside the workspace',
    config('storage: { artifacts_dir: /elsewhere }\n'),
    'conflict',
    ['/elsewhere', 'outside the workspace'],
  ],
  ...['candles', 'Candles/x', 'logs', './checkpoints', 'regimen.db', '.restore/x', 'replaced-1'].map(
    (folder) =>
      [
        `models in ${folder}`,
        config(`storage: { artifacts_dir: ${folder} }\n`),
        'conflict',
        ['where the workspace keeps other things'],
      ] as const,
  ),
];

describe('a backup is refused before anything is touched, with', () => {
  it.each(CASES)('%s', async (_title, files, code, says) => {
    const archive = join(root, 'forged.zip');
    await forgeBackup(archive, files());
    const before = everything();
    const error = await restoreBackup(archive, target, NOW).then(
      () => undefined,
      (e) => e,
    );
    expect(error).toMatchObject({ code });
    for (const words of says) expect(error.message).toContain(typeof words === 'string' ? words : words());
    // Where nothing can be found any more.
    expect(error.message).not.toContain(join(target, '.restore'));
    expect(error.message.length).toBeLessThan(4000);
    expect(everything()).toEqual(before);
    expect(readdirSync(target).sort()).toEqual(['config.yaml', 'regimen.db']);
  });
});

describe('a hostile backup changes nothing', () => {
  const archive = () => join(root, 'hostile.zip');
  const attempt = async () => {
    await unpackBackup(archive(), target);
    rmSync(join(target, '.restore'), { recursive: true });
  };

  it('of other bytes', async () => {
    await forgeBackup(archive(), good);
    const inputs = hostileFiles(readFileSync(archive()), 15, 60);
    await withstand({
      inputs,
      attempt: (content) => {
        writeFileSync(archive(), content);
        return attempt();
      },
      state: everything,
      refused: 50,
    });
  });

  it('of another manifest', async () => {
    let manifest: Manifest | undefined;
    await forgeBackup(archive(), good, (whole) => {
      manifest = structuredClone(whole);
    });
    await withstand({
      inputs: hostileJson(manifest, 16, 60),
      attempt: async (content) => {
        await forgeBackup(
          archive(),
          good,
          () => undefined,
          () => content,
        );
        await attempt();
      },
      state: everything,
      refused: 50,
    });
  });

  it('whose files are other ones', async () => {
    const inputs = Object.entries(good).flatMap(([name, bytes], i) =>
      hostileFiles(bytes, 17 + i, 15).map(({ title, content }) => ({
        title: `${name}: ${title}`,
        content: { ...good, [name]: content },
      })),
    );
    await withstand({
      inputs,
      attempt: async (files) => {
        await forgeBackup(archive(), files);
        await attempt();
      },
      state: everything,
      refused: 45,
    });
  });
});

it('all that is wrong with a backup is told at once', async () => {
  const archive = join(root, 'forged.zip');
  await forgeBackup(archive, { 'regimen.db': changed("UPDATE series SET file = '../x'") });
  await expect(restoreBackup(archive, target, NOW)).rejects.toMatchObject({
    details: { problems: [{ path: 'regimen.db' }, { path: MODEL }] },
  });
});

it('a good backup is restored', async () => {
  const archive = join(root, 'good.zip');
  await forgeBackup(archive, good);
  await restoreBackup(archive, target, NOW);
  const store = openStore(join(target, 'regimen.db'));
  expect(findRun(store, 1)).toBeDefined();
  store.close();
});

describe('a backup of the first release', () => {
  const release = unpackFirstRelease();
  afterAll(() => release.remove());

  it('is restored', async () => {
    const names = readdirSync(release.workspace, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(regimen\.db|config\.yaml|candles\/.+|artefacts\/.+)$/.test(name),
    );
    const archive = join(root, 'first.zip');
    await forgeBackup(
      archive,
      Object.fromEntries(names.map((name) => [name, readFileSync(join(release.workspace, name))])),
    );
    const restored = await restoreBackup(archive, target, NOW);
    expect(restored.files).toBe(names.length);
    expect(names.filter((name) => name.startsWith('artefacts/')).length).toBeGreaterThan(0);
  });
});
