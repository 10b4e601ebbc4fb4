import type { RunDetailDto } from '../../engine/contract/dto/index.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';
import { DASH } from '../ui/format.ts';
import { INDICATOR_TITLES } from '../ui/texts/indicator-titles.ts';

/** `RSI H1 H4, ATR H1`. */
export function indicatorsText(indicators: RunDetailDto['indicatorTimeframes']): string {
  const parts = Object.entries(indicators).map(
    ([name, timeframes]) => `${INDICATOR_TITLES[name as IndicatorName] ?? name} ${timeframes.join(' ')}`,
  );
  return parts.join(', ') || DASH;
}
