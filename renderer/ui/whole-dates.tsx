import type { ReactNode } from 'react';

/** A day, with the time of day and its zone where they follow: `2026-11-30 15:32 UTC`. */
const DATE = /(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?(?: UTC(?:[+-]\d{1,2}(?::\d{2})?)?| NY\+7)?)?)/;

/** A sentence whose dates stay on one line: browsers break them at their hyphens. What is no text, or has no date, stays as it is. */
export function wholeDates(sentence: ReactNode): ReactNode {
  if (typeof sentence !== 'string' || !DATE.test(sentence)) return sentence;
  return sentence.split(new RegExp(DATE, 'g')).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence have no names of their own.
      <span key={i} className="whole">
        {part}
      </span>
    ),
  );
}
