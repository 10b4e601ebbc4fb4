import { createElement, Fragment, type ReactNode } from 'react';
import { wholeDates } from './whole-dates.tsx';

/** Values of a sentence, as they are shown. */
export type Values<Name extends string> = Readonly<Record<Name, string | number>>;
/** Values of a part of a sentence that may be missing: null leaves the part out. */
export type Perhaps<Name extends string> = Readonly<Record<Name, string | number | null>>;

/** Values that choose a word: `1 bar`, `2 bars`. */
export type Counts<Name extends string> = Readonly<Record<Name, number>>;

export type Choices<Name extends string> = Readonly<Record<Name, boolean>>;

/** What stands around a few words of a sentence: a link, an emphasis. */
export type Marks<Name extends string> = Readonly<Record<Name, (words: string) => ReactNode>>;

/** A sentence with elements in it, as a template: the words are in the order of the language, whoever draws the elements. */
export function rich(words: TemplateStringsArray, ...values: readonly ReactNode[]): ReactNode {
  const parts = words.flatMap((text, i): ReactNode[] =>
    i < values.length ? [text, wholeDates(values[i])] : [text],
  );
  return createElement(Fragment, null, ...parts.filter((part) => part !== ''));
}
