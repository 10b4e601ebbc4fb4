import { Children, startTransition, useEffect, useState } from 'react';

/**
 * Draws its children one after the other, the first ones at once: no task is as long as all of them are together, and a key or click in between does not
 * wait for the rest.
 */
export function Gradually({
  first = 1,
  children,
}: {
  readonly first?: number;
  readonly children: React.ReactNode;
}) {
  const all = Children.toArray(children);
  const [drawn, setDrawn] = useState(first);
  const isLacking = drawn < all.length;
  useEffect(() => {
    if (isLacking) startTransition(() => setDrawn(drawn + 1));
  }, [isLacking, drawn]);
  return all.slice(0, drawn);
}
