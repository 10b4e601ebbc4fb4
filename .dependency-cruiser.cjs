/**
 * The house's one-way streets (README, "Architecture"): each room may import the rooms to its left, none to its right.
 */
const PIPELINE = ['market', 'features', 'labels', 'models', 'inference', 'backtest', 'regimes', 'pipeline'];

const room = (name) => `^engine/${name}/`;
const rooms = (names) => `^engine/(${names.join('|')})/`;

/** Rooms of shared words and tools, which know no other room. */
const LEAVES = ['contract', 'files', 'identity', 'random'];
/** Rooms around the pipeline: the pipeline and its parts must not know them. */
const AROUND = [
  'api',
  'backup',
  'config',
  'export',
  'grid',
  'log',
  'maintenance',
  'queue',
  'selection',
  'store',
  'workers',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.(test|bench)\\.ts$' },
      to: {},
    },
    {
      name: 'leaves-know-no-room',
      severity: 'error',
      from: { path: rooms(LEAVES) },
      to: { path: '^(engine|main|preload|renderer)/', pathNot: rooms(LEAVES) },
    },
    ...PIPELINE.map((name, i) => ({
      name: `${name}-looks-left-only`,
      severity: 'error',
      from: { path: room(name), pathNot: '\\.test\\.ts$' },
      to: { path: rooms([...PIPELINE.slice(i + 1), ...AROUND]) },
    })),
    {
      name: 'pipeline-knows-no-ledger',
      severity: 'error',
      from: { path: rooms(PIPELINE), pathNot: '\\.test\\.ts$' },
      to: { path: 'better-sqlite3|kysely|piscina|commander|^electron' },
    },
    {
      name: 'engine-knows-no-host',
      severity: 'error',
      from: { path: '^engine/' },
      to: { path: '^(main|preload|renderer)/' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(engine|main|preload)/', pathNot: '^engine/contract/' },
    },
    {
      name: 'hosts-use-the-engine-by-its-door',
      severity: 'error',
      from: { path: '^main/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^engine/',
        pathNot: '^engine/(contract/|app\\.ts|workspace/offline\\.ts|config/yaml\\.ts)',
      },
    },
    {
      name: 'selection-is-pure',
      severity: 'error',
      from: { path: room('selection') },
      to: { path: rooms(['store', 'queue', 'workers']) },
    },
    {
      // The `electron` module is a part of the runtime that the product runs in.
      name: 'no-dev-tools-in-the-product',
      severity: 'error',
      from: { path: '^(engine|main|preload)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/electron/' },
    },
    {
      name: 'electron-for-its-host-only',
      severity: 'error',
      from: { pathNot: '^(main/electron|preload|e2e)/' },
      to: { path: 'node_modules/electron/' },
    },
    { name: 'known-modules-only', severity: 'error', from: {}, to: { couldNotResolve: true } },
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
