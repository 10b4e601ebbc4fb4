import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Head } from '../ui/index.ts';
import classes from './registry.module.css';
import { texts } from './texts.ts';

export interface ListRow {
  readonly key: string | number;
  /** In the order of the head; a `words` cell may take several lines. */
  readonly cells: readonly (ReactNode | { readonly words: string })[];
}

const isWords = (cell: ListRow['cells'][number]): cell is { readonly words: string } =>
  typeof cell === 'object' && cell !== null && 'words' in cell;

/** A list of what happened, in columns, that scrolls sideways where there is no room. */
export function ListTable({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly ListRow[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.list} aria-label={texts.labelTable({ label })} tabIndex={0}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {head.map((title, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places, and two may have one title.
              <Head key={column}>{title}</Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places.
                <Table.Td key={column} className={isWords(cell) ? classes.words : undefined}>
                  {isWords(cell) ? cell.words : cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
