import type { Config } from '../config/schema.ts';
import type { CriteriaPreset } from '../contract/criteria.ts';
import type { ValidationScheme } from '../contract/validation.ts';
import { targetOf } from '../targets/catalog.ts';
import { type Criterion, criteriaOf, type Targets } from './criteria.ts';
import type { ReadValidation } from './to-dto.ts';

/**
 * The list that judges where the configuration leaves it open: of forecasts of returns and results the ranks are what can be asked, of
 * classes whether they are told apart at all.
 */
function autoPreset(target: string): CriteriaPreset {
  return targetOf(target).type.task === 'classes' ? 'two_errors' : 'ranks';
}

/** What a validation in a mode is held to for a symbol: the mode's list, with the symbol's own targets. */
export function criteriaOfConfig(
  { criteria, targets }: Config['validation'],
  mode: ValidationScheme,
  { symbol, target }: { readonly symbol: string; readonly target: string },
): Criterion[] {
  const preset = criteria[mode];
  return criteriaOf(preset === 'auto' ? autoPreset(target) : preset, targetsOf(targets[mode], symbol));
}

/** The same of a stored one. A procedure's models may have several targets, and it has no figures of their forecasts. */
export function criteriaOfValidation(
  config: Config['validation'],
  { row, spec: { procedure, configuration } }: Pick<ReadValidation, 'row' | 'spec'>,
): Criterion[] {
  const target = procedure === undefined ? configuration.target : 'return';
  return criteriaOfConfig(config, row.scheme, { symbol: row.symbol, target });
}

function targetsOf(targets: Config['validation']['targets'][ValidationScheme], symbol: string): Targets {
  const own = Object.hasOwn(targets, symbol) ? targets[symbol] : undefined;
  return Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined));
}
