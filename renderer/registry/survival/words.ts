import type { SurvivalPickDto, SurvivalRowsDto } from '../../../engine/contract/dto/index.ts';
import type { SurvivalModelType } from '../../../engine/contract/survival.ts';
import { formatCount, formatDay, formatPercent, plural } from '../../ui/index.ts';

export const TYPE_TITLES: Readonly<Record<SurvivalModelType, string>> = {
  ensemble: 'Ensemble: ridge, random forest and XGBoost stacked',
  classifier: 'Classifier: XGBoost',
  q_agent: 'Q agent: takes or leaves by what a stake comes to',
};

export const PICK_TITLES: Readonly<Record<SurvivalPickDto['rule'], string>> = {
  survival: 'Likeliest, above break-even',
  likeliest: 'Likeliest, always',
  sharpe: 'Highest selection Sharpe',
  random: 'Any (mean of all)',
};

/** What there is to learn from, and what is missing. */
export function rowsSentence({
  good,
  least,
  folds,
  olderFolds,
  baseRate,
  from,
  to,
}: SurvivalRowsDto): string {
  const have = `${plural(good, 'row')} of ${plural(folds, 'fold')} of validated grids can be learned from`;
  const needed =
    good < least
      ? `; ${formatCount(least)} are needed. Validate grids of more configurations, markets or folds.`
      : '.';
  const share =
    baseRate === null || from === null || to === null
      ? ''
      : ` ${formatPercent(baseRate, 0)} of them made money after costs, ${formatDay(from)} to ${formatDay(to)}.`;
  const older =
    olderFolds === 0
      ? ''
      : ` ${plural(olderFolds, 'fold')} ${olderFolds === 1 ? 'was' : 'were'} computed before contenders were kept: validate their grids again, and they count.`;
  return `${have}${needed}${share}${older}`;
}
