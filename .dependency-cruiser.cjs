/**
 * The rooms of `engine/`, in order: a room may import rooms of the lines above its own; those on one line do not know each
 * other. ARCHITECTURE.md tells what each is for.
 */
const LINES = [
  ['contract'],
  ['files', 'identity', 'random', 'wasm'],
  ['statistics'],
  ['cells'],
  ['market'],
  ['features'],
  ['targets'],
  ['regimes'],
  ['models'],
  ['inference'],
  ['backtest'],
  ['pipeline'],
  ['config'],
  ['log'],
  ['artifacts'],
  ['selection'],
  ['store'],
  ['binding'],
  ['views'],
  ['interchange'],
  ['grid', 'search', 'survival'],
  ['validation'],
  ['workers'],
  ['checkpoint'],
  ['queue'],
  ['registry'],
  ['live'],
  ['tracking'],
  ['imports', 'schedule', 'backup', 'maintenance', 'overview'],
  ['api'],
  ['workspace'],
];
const ROOMS = LINES.flat();
/** Values in, values out: what a thread or another machine can do. */
const PURE = ROOMS.slice(0, ROOMS.indexOf('pipeline') + 1);

/** What the places of the renderer share, in order as the rooms are. */
const SHARED = ['client', 'state', 'ui', 'table', 'charts', 'strategy', 'gate'];
const PLACES = ['today', 'queue', 'regimes', 'evidence', 'registry', 'live', 'history', 'data', 'settings'];

const TEST = '\\.test\\.tsx?$';

const inside = (folder, names) => `^${folder}/(${names.join('|')})/`;
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

function roomRule(name) {
  const line = LINES.findIndex((names) => names.includes(name));
  const closed = LINES.slice(line)
    .flat()
    .filter((other) => other !== name)
    .map((other) => `${other}/`);
  return rule(
    `engine-${name}-looks-up-only`,
    { path: inside('engine', [name]) },
    { path: `^engine/(${[...closed, 'app\\.ts$'].join('|')})` },
  );
}

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('no-orphans', { orphan: true, pathNot: '\\.(test|bench)\\.tsx?$' }, {}),
    rule('known-modules-only', {}, { couldNotResolve: true }),

    ...ROOMS.map(roomRule),
    rule(
      'rooms-of-the-list-only',
      { path: '^engine/', pathNot: `^engine/(app\\.|(${[...ROOMS, 'testing'].join('|')})/)` },
      {},
    ),
    rule(
      'pure-rooms-know-no-ledger',
      { path: inside('engine', PURE), pathNot: TEST },
      { path: 'node_modules/(better-sqlite3|kysely|piscina|commander|electron)/' },
    ),
    rule('engine-knows-no-host', { path: '^engine/' }, { path: '^(main|preload|renderer)/' }),

    rule(
      'helpers-of-tests-for-tests-only',
      { path: '^(engine|main|preload|renderer)/', pathNot: `${TEST}|/testing/` },
      { path: '/testing/' },
    ),
    // `engine/testing/` wires the whole engine: with it a helper would bring its room what stands below.
    rule(
      'helpers-of-rooms-look-up-only',
      { path: '^engine/.+/testing/', pathNot: TEST },
      { path: '^engine/testing/' },
    ),

    rule(
      'hosts-share-through-host',
      { path: '^main/([^/]+)/' },
      { path: '^(main|renderer)/', pathNot: '^main/($1|host)/' },
    ),
    rule(
      'hosts-use-the-engine-by-its-doors',
      { path: '^main/', pathNot: `${TEST}|/testing/` },
      {
        path: '^engine/',
        pathNot:
          '^engine/(contract/|app\\.ts$|workspace/offline\\.ts$|workers/(patience|remote/worker)\\.ts$)',
      },
    ),
    rule(
      'preload-and-renderer-know-the-contract-only',
      { path: '^(preload|renderer)/' },
      { path: '^(engine|main|preload|renderer)/', pathNot: '^($1|engine/contract)/' },
    ),
    rule(
      'places-share-what-stands-above',
      { path: inside('renderer', PLACES) },
      { path: '^renderer/', pathNot: `^renderer/($1|testing|${SHARED.join('|')})/` },
    ),
    ...SHARED.map((name, i) =>
      rule(
        `renderer-${name}-looks-up-only`,
        { path: inside('renderer', [name]) },
        { path: '^renderer/', pathNot: inside('renderer', [...SHARED.slice(0, i + 1), 'testing']) },
      ),
    ),

    rule(
      'product-knows-no-yard',
      { path: '^(engine|main|preload|renderer)/' },
      { path: '^(bench|e2e|scripts)/' },
    ),
    rule(
      'bench-e2e-and-scripts-know-not-each-other',
      { path: '^(bench|e2e|scripts)/' },
      { path: '^(bench|e2e|scripts)/', pathNot: '^$1/' },
    ),

    // The `electron` module is a part of the runtime that the product runs in.
    rule(
      'no-dev-tools-in-the-product',
      { path: '^(engine|main|preload)/', pathNot: `${TEST}|/testing/|/fixtures/` },
      { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/electron/' },
    ),
    rule(
      'electron-for-its-host-only',
      { pathNot: '^(main/electron|preload|e2e)/' },
      { path: 'node_modules/electron/|^preload/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
