import { Table } from '@mantine/core';
import type { Term as TermName } from './glossary.ts';
import { Term } from './term.tsx';

/** Column heads of figures: each with its definition, right-aligned like what stands below. */
export function TermHeads({ terms }: { readonly terms: readonly TermName[] }) {
  return terms.map((term) => (
    <Table.Th key={term} ta="right">
      <Term term={term} />
    </Table.Th>
  ));
}
