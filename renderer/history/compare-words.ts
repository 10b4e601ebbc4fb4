import { AXES, type Axis, type AxisKey } from '../../engine/contract/axes.ts';
import type { CompareRowDto } from '../../engine/contract/dto/index.ts';
import { GLOSSARY, type Term as TermName } from '../ui/texts/glossary.ts';
import { headText } from '../ui/texts/head-words.ts';

export const isTerm = (key: string): key is TermName => Object.hasOwn(GLOSSARY, key);

/** What a row means, as heads of tables say it; undefined of a hyper-parameter or a regime. */
export function rowSentence({
  group,
  key,
  title,
}: Pick<CompareRowDto, 'group' | 'key' | 'title'>): string | undefined {
  if (group === 'Sharpe per regime') return undefined;
  if (group !== 'Configuration') return isTerm(key) ? GLOSSARY[key].text : headText(title);
  const axis: Axis | undefined = Object.hasOwn(AXES, key) ? AXES[key as AxisKey] : undefined;
  return axis?.about;
}
