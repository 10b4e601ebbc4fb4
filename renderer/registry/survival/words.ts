import type { SurvivalPickDto, SurvivalRowsDto } from '../../../engine/contract/dto/index.ts';
import type { SurvivalModelType } from '../../../engine/contract/survival.ts';
import { formatCount, formatDay, formatPercent } from '../../ui/index.ts';
import { texts } from './texts.ts';

export const TYPE_TITLES: Readonly<Record<SurvivalModelType, string>> = texts.typeTitles;

export const PICK_TITLES: Readonly<Record<SurvivalPickDto['rule'], string>> = texts.pickTitles;

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
  const have = texts.rowOfFoldOfValidated({ good, folds });
  const needed = good < least ? texts.areNeeded({ least: formatCount(least) }) : '.';
  const share =
    baseRate === null || from === null || to === null
      ? ''
      : texts.baseRateOfThemMadeMoney({
          baseRate: formatPercent(baseRate, 0),
          from: formatDay(from),
          to: formatDay(to),
        });
  const older = olderFolds === 0 ? '' : texts.foldWasComputedBeforeContenders({ olderFolds });
  return `${have}${needed}${share}${older}`;
}
