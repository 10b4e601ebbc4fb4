import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Trees of planted imports, judged by the project's own configuration as `npm run imports` does. */

const PROJECT = join(import.meta.dirname, '..');
const CONFIGURATION = join(PROJECT, '.dependency-cruiser.cjs');
const PROGRAM = realpathSync(join(PROJECT, 'node_modules/.bin/depcruise'));
const FOLDERS = ['engine', 'main', 'preload', 'renderer', 'bench', 'e2e', 'scripts'];
const { forbidden } = createRequire(import.meta.url)(CONFIGURATION) as {
  readonly forbidden: readonly { readonly name: string }[];
};

const names = (pattern: RegExp) => forbidden.flatMap(({ name }) => pattern.exec(name)?.[1] ?? []);

/** Lines of the list in ARCHITECTURE.md: what stands on one line does not know each other. */
const WRITTEN = [
  ...readFileSync(join(PROJECT, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| ((?:`[a-z]+\/` ?)+)\|/gm),
]
  .map(([, cell]) => [...cell!.matchAll(/`([a-z]+)\/`/g)].map(([, name]) => name!))
  .filter(([name]) => name !== 'testing');
const ROOMS = WRITTEN.flat();
const SHARED = names(/^renderer-(.+)-looks-up-only$/);

/** `from` -> what it imports; a path without a dot is a package. */
type Tree = Readonly<Record<string, readonly string[]>>;

const NOWHERE = 'engine/market/no-such.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regimen-imports-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** `rule: from -> to` of everything that is refused in a tree, in no particular order. */
function refusedIn(tree: Tree): string[] {
  const packages = Object.values(tree)
    .flat()
    .filter((path) => !path.includes('.'));
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1']));
  const { vitest, ...product } = dependencies;
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: product, devDependencies: { vitest } }),
  );
  write('tsconfig.json', '{ "compilerOptions": { "allowImportingTsExtensions": true } }');
  for (const [from, targets] of Object.entries(tree)) {
    const specifiers = targets.map((to) => {
      if (!to.includes('.')) return to;
      const path = relative(dirname(from), to).split(sep).join('/');
      return path.startsWith('.') ? path : `./${path}`;
    });
    write(from, `${specifiers.map((specifier) => `import '${specifier}';\n`).join('')}export {};\n`);
  }
  for (const target of Object.values(tree).flat()) {
    if (target.includes('.') && target !== NOWHERE && !existsSync(join(root, target)))
      write(target, 'export {};\n');
  }
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  const options = ['--config', CONFIGURATION, '--output-type', 'json', ...FOLDERS];
  const output = execFileSync(process.execPath, [PROGRAM, ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** Rooms that a room may not import. */
function closedTo(room: string): string[] {
  const line = WRITTEN.findIndex((rooms) => rooms.includes(room));
  return WRITTEN.slice(line)
    .flat()
    .filter((other) => other !== room);
}

test('the list of ARCHITECTURE.md is the one that is checked', () => {
  const checked = names(/^engine-(.+)-looks-up-only$/);
  expect(checked.filter((room) => existsSync(join(PROJECT, 'engine', room)))).toEqual(ROOMS);
  expect(new Set(ROOMS).size).toBe(ROOMS.length);
});

test('rooms may import what stands above them, hosts and places what they share, tests what they need', () => {
  const rooms = ROOMS.map((room): [string, string[]] => {
    const open = ROOMS.filter((other) => other !== room && !closedTo(room).includes(other));
    return [`engine/${room}/right.ts`, open.map((other) => `engine/${other}/right.ts`)];
  });
  const shared = SHARED.map((name, i): [string, string[]] => [
    `renderer/${name}/right.ts`,
    ['engine/contract/right.ts', ...SHARED.slice(0, i).map((above) => `renderer/${above}/right.ts`)],
  ]);
  const refused = refusedIn({
    ...Object.fromEntries([...rooms, ...shared]),
    'engine/app.ts': ['engine/workspace/right.ts'],
    'engine/app.restore.test.ts': ['engine/app.ts', 'vitest'],
    'engine/testing/all.ts': ['engine/app.ts', 'engine/market/testing/bars.ts'],
    'engine/market/testing/bars.ts': ['engine/contract/right.ts', 'vitest'],
    'engine/market/right.test.ts': ['engine/testing/all.ts', 'engine/market/testing/bars.ts', 'vitest'],
    'engine/store/open.ts': ['kysely'],
    'main/host/status.ts': ['engine/contract/right.ts'],
    'main/cli/run.ts': ['engine/app.ts', 'engine/workspace/offline.ts', 'main/host/status.ts'],
    'main/electron/run.ts': ['engine/app.ts', 'main/host/status.ts', 'preload/channels.ts', 'electron'],
    'preload/index.ts': ['preload/channels.ts', 'engine/contract/right.ts', 'electron'],
    'renderer/main.ts': ['renderer/queue/place.ts', 'renderer/history/place.ts'],
    'renderer/queue/place.ts': [...shared.map(([path]) => path), 'renderer/queue/own.ts'],
    'renderer/history/place.ts': [...shared.map(([path]) => path)],
    'bench/run.ts': ['engine/testing/all.ts', 'engine/queue/right.ts', 'main/server/testing/process.ts'],
    'e2e/run.spec.ts': ['engine/testing/all.ts', 'main/server/testing/process.ts'],
    'scripts/start.ts': ['engine/testing/all.ts', 'main/electron/runtime.ts'],
  });
  expect(refused).toEqual([]);
});

test('a room that imports one beside or below it is refused, every pair of them', () => {
  const tree = Object.fromEntries(
    ROOMS.map((room) => [
      `engine/${room}/wrong.ts`,
      [...closedTo(room).map((other) => `engine/${other}/target.ts`), 'engine/app.ts'],
    ]),
  );
  const expected = ROOMS.flatMap((room) =>
    tree[`engine/${room}/wrong.ts`]!.map(
      (to) => `engine-${room}-looks-up-only: engine/${room}/wrong.ts -> ${to}`,
    ),
  );
  expect(refusedIn(tree).sort()).toEqual(expected.sort());
});

/** Rule, importing module, imported module or package. */
const WRONG: readonly (readonly [string, string, string])[] = [
  ['no-circular', 'engine/market/one.ts', 'engine/market/two.ts'],
  ['known-modules-only', 'engine/market/lost.ts', NOWHERE],
  ['rooms-of-the-list-only', 'engine/cellar/wrong.ts', 'engine/contract/errors.ts'],
  ['rooms-of-the-list-only', 'engine/loose.ts', 'engine/contract/errors.ts'],
  ['pure-rooms-know-no-ledger', 'engine/pipeline/sql.ts', 'kysely'],
  ['pure-rooms-know-no-ledger', 'engine/models/pool.ts', 'piscina'],
  ['engine-knows-no-host', 'engine/api/host.ts', 'main/host/status.ts'],
  ['engine-knows-no-host', 'engine/app.ts', 'preload/channels.ts'],
  ['engine-knows-no-host', 'engine/contract/page.ts', 'renderer/state/state.ts'],
  ['helpers-of-tests-for-tests-only', 'engine/app.ts', 'engine/testing/engines.ts'],
  ['helpers-of-tests-for-tests-only', 'engine/store/rows.ts', 'engine/store/testing/rows.ts'],
  ['helpers-of-tests-for-tests-only', 'main/server/run.ts', 'main/server/testing/server.ts'],
  ['helpers-of-tests-for-tests-only', 'renderer/ui/table.ts', 'renderer/testing/render.ts'],
  ['helpers-of-rooms-look-up-only', 'engine/queue/testing/run.ts', 'engine/testing/engines.ts'],
  ['engine-store-looks-up-only', 'engine/store/testing/rows.ts', 'engine/queue/states.ts'],
  ['engine-store-looks-up-only', 'engine/store/rows.test.ts', 'engine/queue/states.ts'],
  ['hosts-share-through-host', 'main/server/run.ts', 'main/cli/status.ts'],
  ['hosts-share-through-host', 'main/cli/run.ts', 'main/server/run.ts'],
  ['hosts-share-through-host', 'main/electron/run.ts', 'main/cli/status.ts'],
  ['hosts-share-through-host', 'main/host/batches.ts', 'main/electron/run.ts'],
  ['hosts-share-through-host', 'main/worker/run.ts', 'main/server/run.ts'],
  ['hosts-share-through-host', 'main/cli/page.ts', 'renderer/state/state.ts'],
  ['hosts-use-the-engine-by-its-doors', 'main/cli/rows.ts', 'engine/store/database.ts'],
  ['hosts-use-the-engine-by-its-doors', 'main/host/open.ts', 'engine/workspace/open.ts'],
  ['preload-and-renderer-know-the-contract-only', 'preload/index.ts', 'engine/app.ts'],
  ['preload-and-renderer-know-the-contract-only', 'preload/index.ts', 'main/host/status.ts'],
  ['preload-and-renderer-know-the-contract-only', 'renderer/ui/cells.ts', 'engine/cells/words.ts'],
  ['preload-and-renderer-know-the-contract-only', 'renderer/client/ipc.ts', 'main/host/status.ts'],
  ['places-share-what-stands-above', 'renderer/queue/place.ts', 'renderer/history/run.ts'],
  ['places-share-what-stands-above', 'renderer/data/place.ts', 'renderer/settings/form.ts'],
  ['places-share-what-stands-above', 'renderer/regimes/place.ts', 'renderer/shell/rail.ts'],
  ['renderer-client-looks-up-only', 'renderer/client/call.ts', 'renderer/state/state.ts'],
  ['renderer-state-looks-up-only', 'renderer/state/format.ts', 'renderer/ui/format.ts'],
  ['renderer-ui-looks-up-only', 'renderer/ui/chart.ts', 'renderer/charts/plot.ts'],
  ['renderer-charts-looks-up-only', 'renderer/charts/plot.ts', 'renderer/history/run.ts'],
  ['renderer-ui-looks-up-only', 'renderer/ui/rail.ts', 'renderer/shell/rail.ts'],
  ['product-knows-no-yard', 'engine/api/start.ts', 'scripts/chromium.ts'],
  ['product-knows-no-yard', 'main/cli/bench.ts', 'bench/run.ts'],
  ['product-knows-no-yard', 'renderer/queue/steps.ts', 'e2e/steps.ts'],
  ['bench-e2e-and-scripts-know-not-each-other', 'bench/frames.ts', 'e2e/steps.ts'],
  ['bench-e2e-and-scripts-know-not-each-other', 'e2e/screenshots.ts', 'scripts/chromium.ts'],
  ['bench-e2e-and-scripts-know-not-each-other', 'scripts/dist.ts', 'bench/run.ts'],
  ['no-dev-tools-in-the-product', 'engine/queue/states.ts', 'vitest'],
  ['no-dev-tools-in-the-product', 'main/host/status.ts', 'vitest'],
  ['electron-for-its-host-only', 'main/server/window.ts', 'electron'],
  ['electron-for-its-host-only', 'main/server/bridge.ts', 'preload/channels.ts'],
];

test('other wrong imports are refused, by the rule that is meant for them', () => {
  const tree: Record<string, string[]> = {
    // The way back of a circle, which is told once.
    'engine/market/two.ts': ['engine/market/one.ts'],
    'engine/market/alone.ts': [],
    'engine/market/alone.test.ts': [],
  };
  for (const [, from, to] of WRONG) tree[from] = [...(tree[from] ?? []), to];
  const refused = refusedIn(tree);
  const expected = WRONG.map(([rule, from, to]) => {
    if (to === NOWHERE) return `${rule}: ${from} -> ./no-such.ts`;
    return `${rule}: ${from} -> ${to.includes('.') ? to : `node_modules/${to}/index.js`}`;
  });
  const alone = 'no-orphans: engine/market/alone.ts -> engine/market/alone.ts';
  expect(refused).toEqual(expect.arrayContaining([alone, ...expected]));
  // Nothing but what is planted; some of it breaks two rules.
  const edges = (lines: readonly string[]) => new Set(lines.map((line) => line.replace(/^[^:]+: /, '')));
  expect(edges(refused)).toEqual(edges([alone, ...expected]));
});
