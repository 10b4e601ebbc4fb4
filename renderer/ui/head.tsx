import { Table, type TableThProps } from '@mantine/core';
import { Explained } from './term.tsx';
import { headText } from './texts/head-words.ts';

/** The head of a column: where it names a figure, with its sentence on hover, focus and touch. */
export function Head({ children, ...head }: TableThProps & { readonly children: string }) {
  const text = headText(children);
  return (
    <Table.Th {...head}>
      {text === undefined ? children : <Explained text={text}>{children}</Explained>}
    </Table.Th>
  );
}
