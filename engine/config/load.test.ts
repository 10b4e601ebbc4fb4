import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EngineError, type ErrorDetails } from '../contract/errors.ts';
import { DEFAULT_REGIMES } from '../regimes/defaults.ts';
import { costsOf } from './costs.ts';
import { DEFAULT_CONFIG_PATH } from './files.ts';
import { loadConfig } from './load.ts';

const defaults = { file: 'default_config.yaml', text: readFileSync(DEFAULT_CONFIG_PATH, 'utf8') };
const load = (text: string) => loadConfig(defaults, { file: 'config.yaml', text });

function failure(text: string): { message: string; details: ErrorDetails; problems: Record<string, string> } {
  try {
    load(text);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).toBe('config-invalid');
    const problems = Object.fromEntries((error.details.problems ?? []).map((p) => [p.path, p.message]));
    return { message: error.message, details: error.details, problems };
  }
  throw new Error('the configuration was accepted');
}

describe('the default configuration', () => {
  const config = loadConfig(defaults);

  it('passes its own checks and lists the default regimes', () => {
    expect(config.regimes.definitions).toEqual(DEFAULT_REGIMES);
  });

  it('spans 135 strategies', () => {
    const axes = Object.values(config.inference_grid);
    expect(axes.reduce((product, axis) => product * axis.length, 1)).toBe(135);
  });

  it('comments every key', () => {
    const lines = defaults.text.split('\n');
    const uncommented = lines.filter((line, i) => {
      const isKeyOfSection = /^ {2}[a-z_]+:/.test(line);
      return (
        isKeyOfSection && !/^ {2}#/.test(lines[i - 1]!) && lines[i - 1] !== 'costs:' && line !== '  symbols:'
      );
    });
    expect(uncommented).toEqual([]);
  });

  it('charges the demo symbols what it charges their namesakes', () => {
    for (const symbol of ['EURUSD', 'GBPUSD', 'USDJPY']) {
      expect(costsOf(config, `DEMO_${symbol}`)).toEqual(costsOf(config, symbol));
    }
  });
});

describe('overriding', () => {
  it('goes key by key, and lists go as a whole', () => {
    const base = loadConfig(defaults);
    const config = load('queue: {threads: 3}\ninference_grid:\n  lookback_windows: [75]\n');
    expect(config).toEqual({
      ...base,
      queue: { ...base.queue, threads: 3 },
      inference_grid: { ...base.inference_grid, lookback_windows: [75] },
    });
  });

  it.each(['', '# nothing but a comment\n', 'queue:\n', 'costs:\n  symbols:\n', '\ufeff\n'])(
    'changes nothing with %j',
    (text) => {
      expect(load(text)).toEqual(loadConfig(defaults));
    },
  );

  it('lets a symbol fall back on the default costs, key by key', () => {
    const config = load('costs:\n  default: {slippage_pips: 0.7}\n  symbols: {USDSEK: {spread_pips: 30}}');
    expect(costsOf(config, 'USDSEK').costs).toEqual({
      spreadPips: 30,
      slippagePips: 0.7,
      commissionPerSide: 0,
      swapLongPips: 0.6,
      swapShortPips: 0.6,
    });
    expect(costsOf(config, 'EURUSD').costs).toMatchObject({ spreadPips: 1, slippagePips: 0.2 });
    expect(costsOf(config, 'constructor').given).toBe(false);
  });

  it('reads keys by the names that they had before', () => {
    const { storage, queue } = load('storage: {artefacts_dir: models}\nqueue: {max_parallel_queues: 3}');
    expect([storage.artifacts_dir, queue.max_parallel_jobs]).toEqual(['models', 3]);
    const moved = load('storage: {compress_old_models: false}\nmodel_management: {compress_after_days: 3}');
    expect(moved.model_management).toMatchObject({ compress_old_models: false, compress_after_days: 3 });
    // What is wrong with it is said where it stands.
    expect(failure('queue:\n  max_inference_workers: -1').details.problems).toMatchObject([
      { path: 'queue.threads', line: 2 },
    ]);
    // Both at once is a mistake: which of them counts?
    expect(failure('queue: {max_parallel_queues: 3, max_parallel_jobs: 2}').message).toContain(
      'queue.max_parallel_queues: unknown key',
    );
  });

  it('reads files with CRLF and a byte order mark', () => {
    expect(load('\ufeffqueue:\r\n  threads: 4\r\n').queue.threads).toBe(4);
  });
});

describe('refusals', () => {
  it('names file and line of every problem at once, in the order of the file', () => {
    const { message, details } = failure(
      [
        'queue:',
        '  max_paralel_jobs: 2',
        '  threads: -1',
        'trainig: {}',
        'evaluation:',
        '  score: sharp',
      ].join('\n'),
    );
    expect(message.split('\n')).toEqual([
      'The configuration has 4 problems:',
      '  config.yaml line 2: queue.max_paralel_jobs: unknown key. Did you mean "max_parallel_jobs"?',
      '  config.yaml line 3: queue.threads: expected "auto" or a whole number from 0 to 256, found -1',
      '  config.yaml line 4: trainig: unknown key. Did you mean "training"?',
      '  config.yaml line 6: evaluation.score: expected sharpe, sortino, calmar, profit_factor, total_return, composite or survival, found "sharp". Did you mean "sharpe"?',
    ]);
    expect(details).toMatchObject({ file: 'config.yaml', line: 2 });
    expect(details.problems).toHaveLength(4);
    expect(details.problems?.[1]).toMatchObject({ path: 'queue.threads', file: 'config.yaml', line: 3 });
  });

  it('points at the defaults when they are what is wrong', () => {
    const broken = { ...defaults, text: defaults.text.replace('members: 3', 'members: 1') };
    expect(() => loadConfig(broken, { file: 'config.yaml', text: 'training: {seed: 1}' })).toThrow(
      /default_config\.yaml line \d+: training\.members: expected a whole number from 2 to 20, found 1/,
    );
  });

  it.each([
    ['storage: {artifacts_dir: ""}', 'storage.artifacts_dir', 'expected a folder'],
    ['storage: {artifacts_dir: ./}', 'storage.artifacts_dir', 'expected a folder'],
    ['storage: {artifacts_dir: /}', 'storage.artifacts_dir', 'expected a folder'],
    ['storage: {artifacts_dir: a/../..}', 'storage.artifacts_dir', 'expected a folder'],
    ['storage: {min_free_mb: -1}', 'storage.min_free_mb', 'from 0 to 1000000, found -1'],
    ['queue: {threads: many}', 'queue.threads', 'found "many"'],
    ['queue: {threads: 1.5}', 'queue.threads', '"auto" or a whole number'],
    [
      'queue: {skip_already_trained: yes}',
      'queue.skip_already_trained',
      'expected true or false, found "yes"',
    ],
    ['queue: {max_minutes_per_model: 0}', 'queue.max_minutes_per_model', 'from 0.1 to 1440, found 0'],
    ['queue: {worker_memory_mb: }', 'queue.worker_memory_mb', 'from 128 to 65536, found nothing'],
    ['recovery: 5', 'recovery', 'expected a section of keys, found 5'],
    ['recovery: [1]', 'recovery', 'expected a section of keys, found a list'],
    ['model_management: {keep_top_n_per_regime: 0}', 'model_management.keep_top_n_per_regime', 'found 0'],
    ['inference_grid: {prediction_methods: direct}', 'inference_grid.prediction_methods', 'expected a list'],
    [
      'inference_grid: {prediction_methods: [drect]}',
      'inference_grid.prediction_methods[0]',
      'mean "direct"?',
    ],
    [
      'inference_grid: {lookback_windows: []}',
      'inference_grid.lookback_windows',
      'expected 1 to 20 values, found 0',
    ],
    ['inference_grid: {lookback_windows: [50, 50]}', 'inference_grid.lookback_windows[1]', 'at position 1'],
    [
      'inference_grid: {confidence_thresholds: [1.1]}',
      'inference_grid.confidence_thresholds[0]',
      'found 1.1',
    ],
    ['evaluation: {min_score: .nan}', 'evaluation.min_score', 'found NaN'],
    [
      'evaluation: {min_score: low}',
      'evaluation.min_score',
      'expected "auto" or a number from -1000000 to 1000000, found "low"',
    ],
    ['evaluation: {min_score: .inf}', 'evaluation.min_score', 'found Infinity'],
    ['evaluation: {holdout_days: 0}', 'evaluation.holdout_days', 'from 1 to 3650'],
    ['training: {seed: 4294967296}', 'training.seed', 'found 4294967296'],
    ['costs: {default: {spread_pips: -1}}', 'costs.default.spread_pips', 'from 0 to 1000, found -1'],
    ['costs: {symbols: {eurusd: {}}}', 'costs.symbols.eurusd', 'capital letters'],
    ['costs: {symbols: {EURUSD: {spred_pips: 1}}}', 'costs.symbols.EURUSD.spred_pips', 'mean "spread_pips"?'],
    ['regimes: {definitions: 5}', 'regimes.definitions', 'expected a list of regimes'],
    [
      'regimes: {definitions: [{name: a, rules: {volme: "> 1"}}]}',
      'regimes.definitions[0].rules.volme',
      'mean "volume"?',
    ],
    [
      'regimes: {definitions: [{name: a, rules: {volume: "1"}}]}',
      'regimes.definitions[0].rules.volume',
      'rule "1", character 1: expected one of >',
    ],
    ['logging: {level: 3}', 'logging.level', 'expected debug, info, warn or error, found 3'],
    ['zzz: 1', 'zzz', 'unknown key. Use storage, market, queue,'],
  ])('%s', (text, path, expected) => {
    expect(failure(text).problems).toEqual({ [path]: expect.stringContaining(expected) });
  });

  it.each(['- a list', 'a word', '5'])('anything but sections: %s', (text) => {
    expect(failure(text).message).toContain('config.yaml: expected sections such as "queue:"');
  });
});

describe('what a validation is held to', () => {
  it('is given per mode and symbol, as one number or two', () => {
    const { validation } = load(
      'validation:\n  targets: {quick: {EURUSD: {accuracy: [0.60, 0.63], recall: 0.35, sharpe: -0.5}}, full: {EURUSD: {trades: 100}}}',
    );
    expect(validation.targets.quick).toEqual({
      EURUSD: { accuracy: [0.6, 0.63], recall: 0.35, sharpe: -0.5 },
    });
    expect(validation.targets.full).toEqual({ EURUSD: { trades: 100 } });
    expect(validation.criteria).toEqual({ quick: 'auto', full: 'auto', own: 'auto' });
  });

  it.each([
    ['{criteria: {quick: promtion}}', 'criteria.quick', /Did you mean "promotion"\?/],
    ['{criteria: {quik: ranks}}', 'criteria.quik', /Did you mean "quick"\?/],
    [
      '{targets: {quick: {EURUSD: {acuracy: 0.6}}}}',
      'targets.quick.EURUSD.acuracy',
      /Did you mean "accuracy"\?/,
    ],
    ['{targets: {fulll: {}}}', 'targets.fulll', /Did you mean "full"\?/],
    [
      '{targets: {full: {EURUSD: {recall: 35}}}}',
      'targets.full.EURUSD.recall',
      /from 0 to 1, or two of them/,
    ],
    [
      '{targets: {full: {EURUSD: {recall: [0.5, 0.4]}}}}',
      'targets.full.EURUSD.recall',
      /the lower number first/,
    ],
    [
      '{targets: {full: {EURUSD: {recall: [0.5]}}}}',
      'targets.full.EURUSD.recall',
      /or two of them in brackets/,
    ],
    ['{targets: {full: {eurusd: {recall: 0.5}}}}', 'targets.full.eurusd', /capital letters/],
  ])('%s is refused', (text, path, message) => {
    expect(failure(`validation: ${text}`).problems).toMatchObject({
      [`validation.${path}`]: expect.stringMatching(message),
    });
  });
});
