import type { Icon } from '@tabler/icons-react';

/** What the palette offers. */
export interface Command {
  /** Unique among all. */
  readonly id: string;
  readonly label: string;
  /** What tells it from others of the same label. */
  readonly detail?: string;
  /** Words that find it beside those of label and detail. */
  readonly words?: string;
  /** The key that does the same without the palette. */
  readonly keys?: string;
  readonly icon: Icon;
  act(): void;
}

/** Commands under a heading. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** Commands that a group shows at most; more words find the others. */
export const MOST_SHOWN = 6;

/**
 * What all words of a query are found in, best first: a label that begins with the query, then labels with a word that begins like it, then the
 * rest, each in the given order. Groups without a match are left out.
 */
export function found(groups: readonly CommandGroup[], query: string): CommandGroup[] {
  const words = wordsOf(query);
  return groups.flatMap(({ title, commands }) => {
    const matches = commands
      .map((command, order) => ({ command, order, rank: rankOf(command, words) }))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => a.rank! - b.rank! || a.order - b.order)
      .slice(0, MOST_SHOWN)
      .map(({ command }) => command);
    return matches.length === 0 ? [] : [{ title, commands: matches }];
  });
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter(Boolean);

/** 0 is best; undefined: a word is missing. */
function rankOf(
  { label, detail = '', words: more = '' }: Command,
  words: readonly string[],
): number | undefined {
  const all = wordsOf(`${label} ${detail} ${more}`);
  if (!words.every((word) => all.some((known) => known.includes(word)))) return undefined;
  const own = wordsOf(label);
  if (own.join(' ').startsWith(words.join(' '))) return 0;
  return words.every((word) => own.some((known) => known.startsWith(word))) ? 1 : 2;
}
