import type { MarkedDto, MarksDto, MarksListDto } from '../../../engine/contract/dto/index.ts';
import { minute, table } from './format.ts';

/** `favorite; golden, asia; note: …`, or nothing. */
export function marksLine({ favorite, tags, note }: MarksDto): string {
  const parts = [
    favorite ? 'favorite' : '',
    tags.length === 0 ? '' : `tags: ${tags.join(', ')}`,
    note === '' ? '' : `note: ${note}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** `Run 12 is a favorite; …`, after it was changed. */
export function markedText(marked: MarkedDto): string {
  const line = marksLine(marked);
  return `${capital(marked.title)}: ${line === '' ? 'no favorite, no tags, no note' : line}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function marksText({ marked, tags }: MarksListDto): string {
  if (marked.length === 0) {
    return 'Nothing is marked. `regimen run favorite RUN`, `run tag` and `run note` do that, and the same of `jobs` and `champions`.';
  }
  const rows = marked.map((one) => [
    one.title,
    one.favorite ? 'yes' : '',
    one.tags.join(', '),
    one.note.replace(/\s+/g, ' '),
    minute(one.changedAt),
  ]);
  const list = table(['What', 'Favorite', 'Tags', 'Note', 'Changed (UTC)'], rows, []);
  if (tags.length === 0) return list;
  const counts = tags.map(({ tag, runs, jobs }) => `${tag} (${runs + jobs})`);
  return `${list}\n\nTags: ${counts.join(', ')}`;
}
