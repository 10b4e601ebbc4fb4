// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, expect, it } from 'vitest';
import { Afterwards, Gradually } from './gradually.tsx';

afterEach(cleanup);

function Told({ name, onDraw }: { readonly name: string; onDraw(name: string): void }) {
  useEffect(() => onDraw(`${name}, ${document.querySelectorAll('li').length} there`), [name, onDraw]);
  return <li>{name}</li>;
}

it('draws what it holds one after the other, in order, to the last', () => {
  const told: string[] = [];
  const onDraw = (text: string) => {
    told.push(text);
  };
  render(
    <ul>
      <Gradually first={2}>
        {['a', 'b', 'c', 'd'].map((name) => (
          <Told key={name} name={name} onDraw={onDraw} />
        ))}
      </Gradually>
    </ul>,
  );
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['a', 'b', 'c', 'd']);
  expect(told).toEqual(['a, 2 there', 'b, 2 there', 'c, 3 there', 'd, 4 there']);
});

it('draws several at a time', () => {
  const told: string[] = [];
  const onDraw = (text: string) => {
    told.push(text);
  };
  render(
    <ul>
      <Gradually step={2}>
        {['a', 'b', 'c', 'd'].map((name) => (
          <Told key={name} name={name} onDraw={onDraw} />
        ))}
      </Gradually>
    </ul>,
  );
  expect(told).toEqual(['a, 1 there', 'b, 3 there', 'c, 3 there', 'd, 4 there']);
});

it('draws a place after the one before is gone', () => {
  const told: string[] = [];
  const onDraw = (text: string) => {
    told.push(text);
  };
  const place = (name: string) => (
    <ul>
      <Afterwards key={name}>
        <Told name={name} onDraw={onDraw} />
      </Afterwards>
      <Told name={`beside ${name}`} onDraw={onDraw} />
    </ul>
  );
  const { rerender } = render(place('a'));
  rerender(place('b'));
  expect(told).toEqual(['beside a, 1 there', 'a, 2 there', 'beside b, 1 there', 'b, 2 there']);
});

it('keeps what is there when something comes in between', () => {
  const told: string[] = [];
  const onDraw = (text: string) => {
    told.push(text);
  };
  const list = (names: readonly string[]) => (
    <ul>
      <Gradually>
        {names.map((name) => (
          <Told key={name} name={name} onDraw={onDraw} />
        ))}
      </Gradually>
    </ul>
  );
  const { rerender } = render(list(['a', 'c']));
  rerender(list(['a', 'b', 'c']));
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['a', 'b', 'c']);
  expect(told).toEqual(['a, 1 there', 'c, 2 there', 'b, 3 there']);
});
