import { Children, Fragment, isValidElement, startTransition, useEffect, useState } from 'react';

interface GraduallyProps {
  /** How many are there at once. */
  readonly first?: number;
  /** How many come at a time after them. */
  readonly step?: number;
  readonly children: React.ReactNode;
}

/**
 * Draws its children one after the other, the first ones at once: no task is as long as all of them are together, and a key or click in between does not
 * wait for the rest.
 */
export function Gradually({ first = 1, step = 1, children }: GraduallyProps) {
  const all = Children.toArray(children);
  const keys = all.map(keyOf);
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(() => new Set(keys.slice(0, first)));
  const next = keys.filter((key) => !drawn.has(key)).slice(0, step);
  const wanted = next.join('\n');
  useEffect(() => {
    if (wanted === '') return;
    startTransition(() => setDrawn((keysBefore) => new Set([...keysBefore, ...wanted.split('\n')])));
  }, [wanted]);
  // By key, not by number: what comes later in between does not push out the last.
  return all.filter((_, i) => drawn.has(keys[i]!));
}

/** Every element in an array of children has a key; a text is known by its place. */
function keyOf(child: React.ReactNode, place: number): string {
  return (isValidElement(child) ? child.key : null) ?? `text ${place}`;
}

/**
 * Draws what it holds after what was there before is gone, in slices: a store's change is drawn in one go, so that going to a place would take as long as
 * all of it. What was there can't stay meanwhile where the address is no longer its own.
 */
export function Afterwards({ children }: { readonly children: React.ReactNode }) {
  return <Gradually first={0}>{[<Fragment key="all">{children}</Fragment>]}</Gradually>;
}
