import type { Hyperparameters } from '../../contract/configuration.ts';
import type { EncoderName } from '../../contract/words.ts';
import { randomCandles } from '../../market/testing/random-candles.ts';
import type { CalibrationMethod } from '../../models/calibration/calibration.ts';
import { modelType } from '../../models/catalog.ts';
import { DEFAULT_CLASS_SETTINGS } from '../../models/class-settings.ts';
import { decodeModelFile } from '../../models/codec.ts';
import { type BatchContext, createContext } from '../../pipeline/context.ts';
import { fitMembers } from '../../pipeline/fit-members.ts';
import type { CellJob, LoadedContext } from '../../pipeline/job.ts';
import { modelFileOf } from '../../pipeline/model-file.ts';
import { loadContext, namedCandles } from '../../pipeline/view.ts';
import { windowsBefore } from '../../pipeline/windows.ts';

export const HORIZON = 3;

const CANDLES = randomCandles(1500);
const END = CANDLES.time[CANDLES.length - 1]! + 3_600_000;

/** The windows with so many days of training. */
export const trainedWindows = (daysHistory: number) =>
  windowsBefore(END, { holdoutDays: 5, selectionDays: 15 }, daysHistory);

const LOADED: LoadedContext = loadContext(
  namedCandles(CANDLES),
  [],
  { from: 0, to: END },
  {
    dataDigest: 'digest',
    evaluation: trainedWindows(30).evaluation,
    encoder: 'normalized',
    indicatorTimeframes: { rsi: ['H1'], roc: ['H1'], atr: ['H1'], macd: ['H1'] },
    settings: {
      members: 3,
      seed: 1,
      strategies: {
        predictionMethods: ['direct', 'recursive'],
        ensembleMethods: ['mean', 'weighted'],
        confidenceThresholds: [0.2],
        lookbackWindows: [50],
      },
      regimes: [],
      costs: { spreadPips: 0, slippagePips: 0, commissionPerSide: 0, swapLongPips: 0, swapShortPips: 0 },
    },
  },
);
const SPEC = LOADED.spec;

/** A model as a run leaves it, and what it was trained on. */
export interface Trained {
  readonly loaded: LoadedContext;
  readonly context: BatchContext;
  readonly model: Uint8Array;
  /** First and last row but one that every feature is known of. */
  readonly rows: { readonly from: number; readonly to: number };
  /** Prediction of one member, or of their mean, for each of `rows`. */
  predictions(member?: number): Float64Array;
}

export interface TrainedOptions {
  readonly encoder?: EncoderName;
  readonly target?: string;
  readonly calibration?: CalibrationMethod;
}

export function trained(
  name: string,
  hyperparameters: Hyperparameters = {},
  { encoder = SPEC.encoder, target = 'return', calibration }: TrainedOptions = {},
): Trained {
  const settings = {
    ...SPEC.settings,
    ...(calibration === undefined ? {} : { classes: { ...DEFAULT_CLASS_SETTINGS, calibration } }),
  };
  const context = createContext({ ...LOADED, spec: { ...SPEC, encoder, settings } });
  const { matrix } = context.features;
  const job: CellJob = {
    index: 0,
    training: trainedWindows(30).training,
    configuration: {
      modelType: name,
      encoder,
      symbol: 'EURUSD',
      timeframe: 'H1',
      daysHistory: 30,
      horizon: HORIZON,
      target,
      indicatorTimeframes: SPEC.indicatorTimeframes,
      hyperparameters,
    },
    configHash: 'hash',
    trainingKey: 'key',
  };
  const artifact = modelFileOf(context, job, fitMembers(context, job));
  const type = modelType(name);
  const members = decodeModelFile(artifact, 'model').members.map((bytes) => type.decode(bytes));
  const rows = { from: matrix.firstValid, to: matrix.rows };
  const count = rows.to - rows.from;
  return {
    loaded: LOADED,
    context,
    model: artifact,
    rows,
    predictions(member) {
      const chosen = member === undefined ? members : [members[member - 1]];
      const out = new Float64Array(count);
      const sum = new Float64Array(count);
      for (const each of chosen) {
        each.predict(matrix.columns, rows.from, count, out);
        for (let i = 0; i < count; i++) sum[i]! += out[i]!;
      }
      return sum.map((value) => value / chosen.length);
    },
  };
}
