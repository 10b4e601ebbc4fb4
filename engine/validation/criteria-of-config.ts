import type { Config } from '../config/schema.ts';
import type { CriteriaPreset } from '../contract/criteria.ts';
import type { ValidationScheme } from '../contract/validation.ts';
import { type Criterion, criteriaOf, type Targets } from './criteria.ts';

/** The list that judges where the configuration leaves it open: models forecast returns, whose ranks are what can be asked. */
const AUTO: CriteriaPreset = 'ranks';

/** What a validation in a mode is held to for a symbol: the mode's list, with the symbol's own targets. */
export function criteriaOfConfig(
  { criteria, targets }: Config['validation'],
  mode: ValidationScheme,
  symbol: string,
): Criterion[] {
  const preset = criteria[mode];
  return criteriaOf(preset === 'auto' ? AUTO : preset, targetsOf(targets[mode], symbol));
}

function targetsOf(targets: Config['validation']['targets'][ValidationScheme], symbol: string): Targets {
  const own = Object.hasOwn(targets, symbol) ? targets[symbol] : undefined;
  return Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined));
}
