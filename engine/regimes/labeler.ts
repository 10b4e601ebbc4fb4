import { REGIME_MEASURES, type RegimeMeasure } from '../contract/words.ts';
import type { Candles } from '../market/candles.ts';
import type { RegimeDefinition } from './definition.ts';
import { measureValues } from './measures.ts';
import { type Condition, type Operator, parseRule } from './rules.ts';
import { TRAILING_BARS, trailingAverages, trailingPercentiles } from './trailing.ts';

export interface SeriesCondition extends Condition {
  readonly measure: RegimeMeasure;
}

/** An active regime, ready to label with: all its conditions must hold. */
export interface CompiledRegime {
  readonly name: string;
  readonly conditions: readonly SeriesCondition[];
}

/** Bars before its own that a label depends on: those that a measure looks back, and over which it is averaged and ranked. */
export const LABEL_BARS = 549;

/** The active ones of the regimes, in order: label i of `labelBars` is element i. */
export function compileRegimes(regimes: readonly RegimeDefinition[]): CompiledRegime[] {
  return regimes
    .filter((regime) => regime.active)
    .map(({ name, rules }) => ({
      name,
      conditions: REGIME_MEASURES.flatMap((measure) => {
        const rule = rules[measure];
        return rule === undefined ? [] : parseRule(rule).map((condition) => ({ measure, ...condition }));
      }),
    }));
}

/**
 * Labels bars [from, to): element i is the index of the first regime whose conditions all hold at the close of bar
 * from + i, or `regimes.length` (unclassified). A condition does not hold where its measure, or the percentile or average
 * it refers to, is not known. A label depends on the bar and at most the `LABEL_BARS` before it.
 */
export function labelBars(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  from: number,
  to: number,
): Uint8Array {
  const labels = new Uint8Array(to - from).fill(regimes.length);
  const where = ruleHolder(candles, regimes, from, to);
  const holds = new Uint8Array(labels.length);
  // Last regime first: an earlier one that holds as well writes over it.
  for (let label = regimes.length - 1; label >= 0; label--) {
    where(label, holds);
    for (let i = 0; i < labels.length; i++) {
      if (holds[i] === 1) labels[i] = label;
    }
  }
  return labels;
}

/** Fills an array with 1 for each of bars [from, to) on which the conditions of a regime, by its index, all hold, whatever stands before it. */
export function ruleHolder(
  candles: Candles,
  regimes: readonly CompiledRegime[],
  from: number,
  to: number,
): (regime: number, holds: Uint8Array) => void {
  const operands = new Map<RegimeMeasure, MeasureOperands>();
  const conditions = regimes.flatMap((regime) => regime.conditions);
  for (const measure of new Set(conditions.map((condition) => condition.measure))) {
    const own = conditions.filter((condition) => condition.measure === measure);
    operands.set(measure, computeOperands(candles, measure, own, from, to));
  }

  return (regime, holds) => {
    holds.fill(1);
    for (const condition of regimes[regime]!.conditions) {
      const { values, threshold } = operands.get(condition.measure)!;
      clearWhereFalse(holds, values, condition.operator, threshold(condition));
    }
  };
}

interface MeasureOperands {
  /** The measure on the labeled bars. */
  readonly values: Float64Array;
  /** What a condition compares each of them with. */
  threshold(condition: Condition): Float64Array;
}

function computeOperands(
  candles: Candles,
  measure: RegimeMeasure,
  conditions: readonly Condition[],
  from: number,
  to: number,
): MeasureOperands {
  const start = Math.max(0, from - TRAILING_BARS + 1);
  const trailing = measureValues(measure, candles, start, to);
  const values = trailing.subarray(from - start);

  const percentiles = [
    ...new Set(conditions.filter((c) => c.reference === 'percentile').map((c) => c.value)),
  ];
  const columns = percentiles.length === 0 ? [] : trailingPercentiles(trailing, from - start, percentiles);
  const averages = conditions.some((c) => c.reference === 'average')
    ? trailingAverages(trailing, from - start)
    : undefined;

  return {
    values,
    threshold({ reference, value }) {
      if (reference === 'percentile') return columns[percentiles.indexOf(value)]!;
      if (reference === 'average') return averages!.map((average) => value * average);
      return new Float64Array(values.length).fill(value);
    },
  };
}

/** Comparisons with NaN are false: what is not known does not hold. */
function clearWhereFalse(
  holds: Uint8Array,
  values: Float64Array,
  operator: Operator,
  threshold: Float64Array,
): void {
  switch (operator) {
    case '>':
      for (let i = 0; i < holds.length; i++) if (!(values[i]! > threshold[i]!)) holds[i] = 0;
      break;
    case '>=':
      for (let i = 0; i < holds.length; i++) if (!(values[i]! >= threshold[i]!)) holds[i] = 0;
      break;
    case '<':
      for (let i = 0; i < holds.length; i++) if (!(values[i]! < threshold[i]!)) holds[i] = 0;
      break;
    case '<=':
      for (let i = 0; i < holds.length; i++) if (!(values[i]! <= threshold[i]!)) holds[i] = 0;
      break;
  }
}
