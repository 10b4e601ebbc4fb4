import { Table } from '@mantine/core';
import type { CriterionResult } from '../../../engine/contract/criteria.ts';
import { criterionTitle } from '../../../engine/contract/criteria.ts';
import { Badge, Head, SideScroll } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { askedText, criterionText, distanceText } from './figures.ts';
import classes from './tables.module.css';
import { texts } from './texts.ts';

interface CriteriaTableProps {
  /** Told apart by, where several stand on a page: `quick of EURUSD H1`. */
  readonly of?: string;
  readonly criteria: readonly CriterionResult[];
  /** Null while folds are missing. */
  readonly met: boolean | null;
}

/** What is asked of a validation, and what it has: met or missed, and by how much. */
export function CriteriaTable({ criteria, met, of }: CriteriaTableProps) {
  const label = of === undefined ? texts.criteria : texts.criteriaOf({ of });
  const missed = criteria.filter((criterion) => !criterion.met).length;
  return (
    <section className={classes.part} aria-label={label}>
      <div>
        <h3>{texts.criteria}</h3>
        <p className={classes.note}>
          {met === null
            ? texts.foldsAreMissing
            : missed === 0
              ? texts.allAreMet
              : texts.missedOfCriteriaIs({ missed, criteria: criteria.length })}
        </p>
      </div>
      <SideScroll className={classes.table} label={texts.labelTable({ label })}>
        <Table aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Head>{texts.criterion}</Head>
              <Head ta="right">{common.asked}</Head>
              <Head ta="right">{common.found}</Head>
              <Head ta="right">{common.baseRate}</Head>
              <Head ta="right">{common.distance}</Head>
              <Head>{texts.met}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {criteria.map((criterion) => (
              <Table.Tr key={`${criterion.metric} ${criterion.errors} ${criterion.bound}`}>
                <Table.Th scope="row">{criterionTitle(criterion)}</Table.Th>
                <Table.Td ta="right">{askedText(criterion)}</Table.Td>
                <Table.Td ta="right">{criterionText(criterion.metric, criterion.value)}</Table.Td>
                <Table.Td ta="right">{criterionText(criterion.metric, criterion.baseRate)}</Table.Td>
                <Table.Td ta="right">{distanceText(criterion)}</Table.Td>
                <Table.Td>
                  <Badge tone={criterion.met ? 'gain' : 'loss'}>
                    {criterion.met ? texts.met : texts.missed}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
    </section>
  );
}
