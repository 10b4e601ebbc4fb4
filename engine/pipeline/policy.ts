import { chooseByPosition, entriesOf, POSITIONS, policyMarket } from '../backtest/policy.ts';
import type { SimulationMarket } from '../backtest/simulator.ts';
import { EngineError } from '../contract/errors.ts';
import type { Agent } from '../models/model.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import type { EvaluationSpan } from './evaluation-span.ts';

/** Bars that an agent's position is held at least: it may leave at the next open. */
export const POLICY_HORIZON = 1;

/** How the members of an agent trade a span together. Lanes are those of the span. */
export interface Policy {
  /** Half of W(long) - W(short), log return: by how much it would rather be long. */
  readonly forecast: Float64Array;
  /** What it would do if it were flat: 1, 0, -1. */
  readonly signal: Int8Array;
  /** What it would do from each position, see `chooseByPosition`. */
  readonly choices: Int8Array;
  /** The span's, with the exits of its positions. */
  readonly market: SimulationMarket;
}

/** Whether a model is followed as a policy. */
export function isPolicy({ members }: Pick<EvaluatedModel, 'members'>): boolean {
  return members[0]?.agent !== undefined;
}

/**
 * @param values which of an agent's values it goes by: those of three positions, of the rows that are asked for
 * @throws EngineError `training-failed` when one is not finite
 */
export function policyOf(
  { rows, lanes, market, windows, roundTripCost }: EvaluationSpan,
  { members, columns }: Pick<EvaluatedModel, 'members' | 'columns'>,
  values: Agent['values'] = meanValues(members.map(({ agent }) => agent!)),
): Policy {
  const all = new Float64Array(POSITIONS * lanes);
  values(columns, rows.from, lanes, all);
  const forecast = new Float64Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    forecast[lane] = (all[POSITIONS * lane + 2]! - all[POSITIONS * lane]!) / 2;
    if (Number.isFinite(forecast[lane]!)) continue;
    throw new EngineError(
      'training-failed',
      `Expected finite values of positions, found ${forecast[lane]} at row ${rows.from + lane}. Train it on more days of history, or on scale-free features.`,
    );
  }
  const choices = chooseByPosition(all, roundTripCost);
  return { forecast, signal: entriesOf(choices), choices, market: policyMarket(market, windows, choices) };
}

/** What several agents say together. */
export function meanValues(agents: readonly Agent[]): Agent['values'] {
  return (columns, from, count, out) => {
    const own = new Float64Array(POSITIONS * count);
    out.fill(0, 0, own.length);
    for (const agent of agents) {
      agent.values(columns, from, count, own);
      for (let i = 0; i < own.length; i++) out[i]! += own[i]! / agents.length;
    }
  };
}
