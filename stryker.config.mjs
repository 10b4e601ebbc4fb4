// @ts-check

/**
 * `npm run mutation`: breaks the lines of the rooms below, one at a time, and counts the breaks that tests notice.
 * One room: `npm run mutation -- --mutate 'engine/inference/*.ts,!engine/inference/*.test.ts'`.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    'engine/{inference,backtest,selection,checkpoint}/**/*.ts',
    'engine/queue/{states,door,restored}.ts',
    '!engine/**/*.test.ts',
    '!engine/**/testing/**',
  ],
  plugins: ['@stryker-mutator/*', './stryker.config.mjs'],
  ignorers: ['error-texts'],
  testRunner: 'vitest',
  // `related`: what is broken when a file is loaded, as its tables are, is tried with the tests that import the file only.
  vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  ignorePatterns: [
    '/coverage',
    '/dist',
    '/out',
    '/e2e',
    '/renderer',
    '/exports',
    '/uploads',
    '/logs',
    '/regimen.db*',
  ],
  thresholds: { high: 95, low: 90, break: 85 },
  // A loop without end is told by its count of rounds, or where that takes long, by the clock: the time that its tests take,
  // six times over as the machine may be busy, and a few seconds for what does not grow with it.
  timeoutMS: 5_000,
  timeoutFactor: 6,
  dryRunTimeoutMinutes: 20,
  incremental: true,
  incrementalFile: 'coverage/mutation/incremental.json',
  tempDirName: 'coverage/mutation/sandbox',
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation/report.html' },
  jsonReporter: { fileName: 'coverage/mutation/report.json' },
};

/**
 * Leaves out the wording of errors: whether a sentence says the right thing is read, not tested word by word. The code
 * of an error is tested, and stays. (What declareValuePlugin of @stryker-mutator/api returns.)
 */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'error-texts',
    value: {
      /** @param {any} path a Babel path */
      shouldIgnore: (path) =>
        isText(path) && isWording(outermost(path)) ? 'the wording of an error' : undefined,
    },
  },
];

/** @param {any} path */
function isText(path) {
  return path.isStringLiteral() || path.isTemplateLiteral();
}

/**
 * A sentence may be put together of several texts.
 * @param {any} path
 */
function outermost(path) {
  let outer = path;
  while (outer.parentPath?.isBinaryExpression({ operator: '+' })) outer = outer.parentPath;
  return outer;
}

/**
 * Whether it is an argument of `new EngineError` or `damaged` other than the first, which is the code or the path.
 * @param {any} path
 */
function isWording({ parent, listKey, key }) {
  const makesError = ['NewExpression', 'CallExpression'].includes(parent.type);
  return (
    makesError &&
    ['EngineError', 'damaged'].includes(parent.callee.name) &&
    listKey === 'arguments' &&
    key > 0
  );
}
