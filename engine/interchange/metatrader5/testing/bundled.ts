import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Configuration, Hyperparameters } from '../../../contract/configuration.ts';
import type { EncoderName } from '../../../contract/words.ts';
import { defaultIndicatorTimeframes } from '../../../features/timeframes.ts';
import type { Strategy } from '../../../inference/strategy-grid.ts';
import type { Candles } from '../../../market/candles.ts';
import { modelType, parseHyperparameters } from '../../../models/catalog.ts';
import { createContext } from '../../../pipeline/context.ts';
import { fitMembers } from '../../../pipeline/fit-members.ts';
import type { PipelineSettings } from '../../../pipeline/job.ts';
import { modelFileOf } from '../../../pipeline/model-file.ts';
import { hourlyContext } from '../../../pipeline/testing/hourly-context.ts';
import { type Bundle, metatraderBundle } from '../bundle.ts';

const DAY_MS = 86_400_000;

export interface Wanted {
  readonly candles: Candles;
  readonly encoder: EncoderName;
  readonly modelType: string;
  readonly target?: string;
  readonly strategy: Strategy;
  readonly horizon?: number;
  readonly rows: number;
  readonly settings?: Partial<PipelineSettings>;
  readonly hyperparameters?: Hyperparameters;
}

/** Indicators whose features any broker's candles can give. */
export function brokersIndicators(encoder: EncoderName): Configuration['indicatorTimeframes'] {
  const all = defaultIndicatorTimeframes('H1');
  const { obv: _obv, volume_sma: _volume, ...others } = all;
  return encoder === 'absolute' ? others : all;
}

/** A small model on the last bars of a series, as a bundle. */
export function bundled({
  candles,
  encoder,
  modelType: name,
  target = 'return',
  strategy,
  horizon = 4,
  rows,
  settings,
  hyperparameters = {},
}: Wanted): Bundle {
  const end = candles.time[candles.length - 1]! + 3_600_000;
  const start = end - 40 * DAY_MS;
  const indicatorTimeframes = brokersIndicators(encoder);
  const loaded = hourlyContext({
    candles,
    evaluation: { start, windows: [{ name: 'selection', from: start, to: end }] },
    days: 60,
    encoder,
    indicatorTimeframes,
    strategies: {
      predictionMethods: [strategy.predictionMethod],
      ensembleMethods: [strategy.ensembleMethod],
      confidenceThresholds: [strategy.confidenceThreshold],
      lookbackWindows: [strategy.lookbackWindow],
    },
    ...(settings && { settings }),
  });
  const context = createContext(loaded);
  const configuration: Configuration = {
    modelType: name,
    encoder,
    symbol: 'EURUSD',
    timeframe: 'H1',
    daysHistory: 60,
    horizon,
    target,
    indicatorTimeframes,
    hyperparameters: parseHyperparameters(
      modelType(name),
      hyperparameters,
    ) as Configuration['hyperparameters'],
  };
  const training = { from: start - 60 * DAY_MS, to: start };
  const job = { index: 0, training, configuration, configHash: 'abcdef0123456789', trainingKey: 'key' };
  const model = modelFileOf(context, job, fitMembers(context, job));
  return metatraderBundle({
    context: loaded,
    model,
    file: 'model',
    rows,
    about: {
      name: 'EURUSD H1 bull_trending',
      kind: 'version',
      version: '20260501_120000',
      regime: 'bull_trending',
      title: 'A model',
      verdict: 'none',
      verdictReason: 'No evidence.',
      figures: { sharpe: 1.5, trades: 12, p: null },
      gate: ['Not contradicted.'],
      trainedFrom: '2026-01-01T00:00:00.000Z',
      trainedTo: '2026-05-01T00:00:00.000Z',
      expiresAt: '2026-08-01T00:00:00.000Z',
      spanStart: start,
    },
  });
}

export interface Found {
  readonly rows: number;
  readonly features: number;
  readonly forecasts: number;
  readonly confidences: number;
  readonly costs: number;
  readonly regimes: number;
  readonly signals: number;
  readonly passed: boolean;
}

/** Unpacks a bundle, and says where its include stands. */
export function unpack({ files }: Bundle, folder: string): string {
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const core = [...files.keys()].find((name) => name.endsWith('RegimenCore.mqh'))!;
  return join(folder, dirname(core));
}

/** What the embedded check says, as a program that was compiled of a bundle with the same code. */
export function check(program: string, include: string, ...more: readonly number[]): Found {
  try {
    return JSON.parse(
      execFileSync(program, [include, ...more.map(String)], { stdio: ['ignore', 'pipe', 'pipe'] }).toString(),
    );
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    if (stdout.length > 0) return JSON.parse(stdout.toString());
    throw new Error(`the check ended: ${stderr}`);
  }
}
