import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Head, SideScroll } from '../ui/index.ts';
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
    <SideScroll className={classes.list} label={texts.labelTable({ label })}>
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
    </SideScroll>
  );
}
