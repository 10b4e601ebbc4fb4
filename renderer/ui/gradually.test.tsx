// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { expect, it } from 'vitest';
import { Gradually } from './gradually.tsx';

function Told({ name, onDraw }: { readonly name: string; onDraw(name: string): void }) {
  useEffect(() => onDraw(`${name}, ${document.querySelectorAll('li').length} there`), [name, onDraw]);
  return <li>{name}</li>;
}

it('draws what it holds one after the other, in order, to the last', () => {
  const told: string[] = [];
  const onDraw = (text: string) => told.push(text);
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
