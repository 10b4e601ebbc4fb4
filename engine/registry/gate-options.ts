import type { Config } from '../config/schema.ts';
import type { CriteriaPreset } from '../contract/criteria.ts';
import { EngineError } from '../contract/errors.ts';
import { type GateOptions, MIN_OPTION, type MinFigure } from '../contract/gate-options.ts';
import { targetOf } from '../targets/catalog.ts';
import { type Criterion, criteriaOf } from '../validation/criteria.ts';

/** What the gate asks of a target's forecasts: classes have thresholds of their own. */
export function presetOf(target: string): CriteriaPreset {
  return isOfClasses(target) ? 'promotion' : 'ranks';
}

export function isOfClasses(target: string): boolean {
  return targetOf(target).type.task === 'classes';
}

/**
 * The criteria of a gate: those of its preset, with the symbol's own targets of `own`, and above them what was asked for by name.
 * @throws EngineError `invalid-input` for a threshold of classes where the model says none
 */
export function gateCriteria(
  { validation }: Pick<Config, 'validation'>,
  { preset, least }: Pick<GateOptions, 'preset' | 'least'>,
  { symbol, target }: { readonly symbol: string; readonly target: string },
): { readonly preset: CriteriaPreset; readonly criteria: readonly Criterion[] } {
  const [asked] = Object.keys(least);
  if (asked !== undefined && !isOfClasses(target)) {
    throw new EngineError(
      'invalid-input',
      `A least ${asked === 'f1' ? 'F1' : asked} is a threshold of classes, and a model of the target "${target}" says none. Leave it out: it is held to rank correlation, Sharpe ratio and drawdown instead.`,
      {
        problems: [
          {
            path: MIN_OPTION[asked as MinFigure],
            message: `A threshold of classes, and a model of the target "${target}" says none.`,
          },
        ],
      },
    );
  }
  const chosen = preset ?? presetOf(target);
  const own = Object.hasOwn(validation.targets.own, symbol) ? validation.targets.own[symbol] : undefined;
  const targets = Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined));
  return { preset: chosen, criteria: criteriaOf(chosen, { ...targets, ...least }) };
}
