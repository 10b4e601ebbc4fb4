import { Table } from '@mantine/core';
import { Term } from './term.tsx';
import type { Term as TermName } from './texts/glossary.ts';

/** Column heads of figures: each with its definition, right-aligned like what stands below. */
export function TermHeads({ terms }: { readonly terms: readonly TermName[] }) {
  return terms.map((term) => (
    <Table.Th key={term} ta="right">
      <Term term={term} />
    </Table.Th>
  ));
}
