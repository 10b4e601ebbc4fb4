// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Afterwards, Gradually } from './gradually.tsx';

let told: string[];
beforeEach(() => {
  told = [];
});
afterEach(cleanup);

const onDraw = (text: string) => {
  told.push(text);
};

function Told({ name }: { readonly name: string }) {
  useEffect(() => onDraw(`${name}, ${document.querySelectorAll('li').length} there`), [name]);
  return <li>{name}</li>;
}

const listOf = (names: readonly string[]) => names.map((name) => <Told key={name} name={name} />);

it('draws what it holds one after the other, in order, to the last', () => {
  render(
    <ul>
      <Gradually first={2}>{listOf(['a', 'b', 'c', 'd'])}</Gradually>
    </ul>,
  );
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['a', 'b', 'c', 'd']);
  expect(told).toEqual(['a, 2 there', 'b, 2 there', 'c, 3 there', 'd, 4 there']);
});

it('draws several at a time', () => {
  render(
    <ul>
      <Gradually step={2}>{listOf(['a', 'b', 'c', 'd'])}</Gradually>
    </ul>,
  );
  expect(told).toEqual(['a, 1 there', 'b, 3 there', 'c, 3 there', 'd, 4 there']);
});

it('draws a place after the one before is gone', () => {
  const place = (name: string) => (
    <ul>
      <Afterwards key={name}>
        <Told name={name} />
      </Afterwards>
      <Told name={`beside ${name}`} />
    </ul>
  );
  const { rerender } = render(place('a'));
  rerender(place('b'));
  expect(told).toEqual(['beside a, 1 there', 'a, 2 there', 'beside b, 1 there', 'b, 2 there']);
});

it('keeps what is there when something comes in between', () => {
  const list = (names: readonly string[]) => (
    <ul>
      <Gradually>{listOf(names)}</Gradually>
    </ul>
  );
  const { rerender } = render(list(['a', 'c']));
  rerender(list(['a', 'b', 'c']));
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['a', 'b', 'c']);
  expect(told).toEqual(['a, 1 there', 'c, 2 there', 'b, 3 there']);
});
