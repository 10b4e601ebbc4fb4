import type { CostModel } from '../../backtest/costs.ts';
import { unitSize } from '../../backtest/costs.ts';
import { EngineError } from '../../contract/errors.ts';
import { ENSEMBLE_METHODS, PREDICTION_METHODS } from '../../contract/words.ts';
import type { Strategy } from '../../inference/strategy-grid.ts';
import type { Calibration } from '../../models/calibration/calibration.ts';
import { LinearMember } from '../../models/linear/member.ts';
import type { Member } from '../../models/model.ts';
import { PLAIN_SCALE } from '../../models/scaled-member.ts';
import { StackMember } from '../../models/stack/member.ts';
import { TreeEnsemble } from '../../models/trees/ensemble.ts';
import type { DecodedModel } from '../../pipeline/target-model.ts';
import { targetOf } from '../../targets/catalog.ts';

/** Places of settings in the numbers; behind them the starts of members, then the members. */
export const SETTINGS = {
  version: 0,
  horizon: 1,
  method: 2,
  ensemble: 3,
  threshold: 4,
  lookback: 5,
  sides: 6,
  members: 7,
  takeProfit: 8,
  stopLoss: 9,
  spanStart: 10,
  spread: 11,
  slippage: 12,
  fraction: 13,
  commission: 14,
  swapLong: 15,
  swapShort: 16,
  hours: 17,
  shares: 18,
  continuous: 42,
  starts: 43,
} as const;

/** A model with its strategy and costs, as arrays that code walks without a literal of its own: every bit is the engine's. */
export interface ModelNumbers {
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Two per node: feature, or -1 of a leaf; twice the left child, and 1 more where a missing value goes there. */
  readonly nodes: Int32Array<ArrayBuffer>;
  /** Cut or value of each node. */
  readonly leaves: Float32Array<ArrayBuffer>;
}

export interface NumbersInput {
  readonly model: DecodedModel;
  readonly strategy: Strategy;
  readonly costs: CostModel;
  /** Opening time of the first bar that is predicted, ms UTC. */
  readonly spanStart: number;
}

const LINKS = { identity: 0, logistic: 1, probability: 2, share: 3 } as const;

/** @throws EngineError `invalid-input` for a member that is made neither of coefficients nor of trees */
export function modelNumbers({ model, strategy, costs, spanStart }: NumbersInput): ModelNumbers {
  const { configuration, members, scales, calibrations } = model;
  const { exits } = targetOf(configuration.target);
  const sides = exits === null ? 1 : 2;
  const nodes: number[] = [];
  const leaves: number[] = [];
  const records = members.map((member, k) => [
    ...outputRecord(scales?.[k] ?? PLAIN_SCALE, calibrations?.[k]),
    ...memberRecord(member, nodes, leaves),
  ]);
  const settings = new Array<number>(SETTINGS.starts).fill(0);
  const size = costs.unit === 'fraction' ? 1 : unitSize(configuration.symbol, costs)(1);
  const set = (name: keyof typeof SETTINGS, value: number) => {
    settings[SETTINGS[name]] = value;
  };
  set('version', 1);
  set('horizon', configuration.horizon);
  set('method', (PREDICTION_METHODS as readonly string[]).indexOf(strategy.predictionMethod));
  set('ensemble', ENSEMBLE_METHODS.indexOf(strategy.ensembleMethod));
  set('threshold', strategy.confidenceThreshold);
  set('lookback', strategy.lookbackWindow);
  set('sides', sides);
  set('members', members.length / sides);
  set('takeProfit', exits?.takeProfit ?? 0);
  set('stopLoss', exits?.stopLoss ?? 0);
  set('spanStart', spanStart);
  set('spread', costs.spreadPips * size);
  set('slippage', costs.slippagePips * size);
  set('fraction', costs.unit === 'fraction' ? 1 : 0);
  set('commission', costs.commissionPerSide);
  set('swapLong', costs.swapLongPips * size);
  set('swapShort', costs.swapShortPips * size);
  set('continuous', costs.calendar === 'continuous' ? 1 : 0);
  if (costs.spreadByHour !== undefined) {
    set('hours', costs.spreadByHour.day === 'utc' ? 2 : 1);
    costs.spreadByHour.shares.forEach((share, hour) => {
      settings[SETTINGS.shares + hour] = share;
    });
  }
  let next = settings.length + records.length;
  const starts = records.map((record) => {
    const start = next;
    next += record.length;
    return start;
  });
  return {
    numbers: Float64Array.from([settings, starts, ...records].flat()),
    nodes: Int32Array.from(nodes.length === 0 ? [-1, 0] : nodes),
    leaves: Float32Array.from(leaves.length === 0 ? [0] : leaves),
  };
}

function outputRecord(
  { offset, slope }: { readonly offset: number; readonly slope: number },
  calibration: Calibration | undefined,
): number[] {
  if (calibration === undefined || calibration.kind === 'none') return [offset, slope, 0, 0];
  if (calibration.kind === 'sigmoid') return [offset, slope, 1, 1, calibration.slope, calibration.offset];
  const { scores, probabilities } = calibration;
  return [offset, slope, 2, scores.length, ...scores, ...probabilities];
}

function memberRecord(member: Member, nodes: number[], leaves: number[]): number[] {
  if (!(member instanceof StackMember)) return singleRecord(member, nodes, leaves);
  const { task, center, parts } = member;
  return [
    2,
    task === 'classes' ? 1 : 0,
    center,
    parts.length,
    ...parts.flatMap((part) => [part.weight, ...singleRecord(part.member, nodes, leaves)]),
  ];
}

function singleRecord(member: Member, nodes: number[], leaves: number[]): number[] {
  if (member instanceof LinearMember) {
    const { used, coefficients, means, intercept, task } = member;
    const terms = Array.from(used, (feature, k) => [feature, coefficients[k]!, means[k]!]);
    return [0, task === 'classes' ? 1 : 0, intercept, used.length, ...terms.flat()];
  }
  if (member instanceof TreeEnsemble) {
    const { nodes: own, cuts, base, link } = member.parts;
    const first = leaves.length;
    own.feature.forEach((feature, node) => {
      const left = (first + own.left[node]!) * 2 + own.missingLeft[node]!;
      nodes.push(feature, feature < 0 ? 0 : left);
      leaves.push(feature < 0 ? own.value[node]! : cuts[feature]![own.cut[node]!]!);
    });
    const roots = Array.from(own.roots, (root) => first + root);
    return [1, LINKS[link.kind], link.kind === 'logistic' ? link.scale : 1, base, roots.length, ...roots];
  }
  throw new EngineError(
    'invalid-input',
    'The model is made neither of coefficients nor of trees, which is all that a bundle for MetaTrader 5 walks.',
  );
}
