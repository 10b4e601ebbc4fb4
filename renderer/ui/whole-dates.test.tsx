// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { show } from '../testing/render.tsx';
import { wholeDates } from './whole-dates.tsx';

it('keeps a date on one line, with its time and zone, and leaves the words around it alone', () => {
  const sentence = 'In production since 2026-11-30 15:31 UTC; expires on 2027-02-28.';
  const { container } = show(<p>{wholeDates(sentence)}</p>);
  expect(container.querySelector('p')?.textContent).toBe(sentence);
  const kept = [...container.querySelectorAll('.whole')].map((one) => one.textContent);
  expect(kept).toEqual(['2026-11-30 15:31 UTC', '2027-02-28']);
});

it('leaves what has no date as it was', () => {
  const node = <b>2026-11-30</b>;
  expect(wholeDates(node)).toBe(node);
  expect(wholeDates('out-of-sample')).toBe('out-of-sample');
});
