import type { MarksDto } from '../../engine/contract/dto/index.ts';

/** As `MarkSelect` has it, beside the tags; no tag is spelled so. */
export const FAVORITES = '*';

/** What a list is asked for. */
export function markFilterOf(value: string | null): { tag?: string; favorite?: boolean } {
  if (value === null) return {};
  return value === FAVORITES ? { favorite: true } : { tag: value };
}

/** The same of what is at hand. */
export function hasMark(
  marks: Pick<MarksDto, 'favorite' | 'tags'> | undefined,
  value: string | null,
): boolean {
  if (value === null) return true;
  if (value === FAVORITES) return marks?.favorite === true;
  return marks?.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()) === true;
}

/** `★ golden, asia`: what fits a cell. Empty without marks. */
export function marksText(marks: Pick<MarksDto, 'favorite' | 'tags'> | undefined): string {
  if (marks === undefined) return '';
  return [marks.favorite ? '★' : '', marks.tags.join(', ')].filter((part) => part !== '').join(' ');
}
