import { Table, Title } from '@mantine/core';
import type { LeftOutClassesDto, LeftOutDto } from '../../../engine/contract/dto/index.ts';
import { Calibration } from '../../strategy/index.ts';
import { formatCount, formatNumber, Head, SideScroll } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import classes from '../history.module.css';
import { texts } from './texts.ts';

const NAMES = { both: common.model, long: texts.long, short: texts.short } as const;

const figure = (value: number | null) => formatNumber(value, 3);
const overBase = (value: number | null, base: number | null) => `${figure(value)} (${figure(base)})`;
const within = (value: number | null, error: number | null) =>
  error === null ? figure(value) : `${figure(value)} ± ${figure(error)}`;

type Column<T> = readonly [head: string, text: (of: T) => string];

const OF_ALL: readonly Column<LeftOutDto>[] = [
  [common.spearman, ({ rankIc }) => figure(rankIc)],
  ['RMSE', ({ rmse }) => figure(rmse)],
  ['R²', ({ r2 }) => figure(r2)],
];

const OF_CLASSES: readonly Column<LeftOutClassesDto>[] = [
  [common.rows, ({ rows }) => formatCount(rows)],
  [common.class1, ({ positives, rows }) => figure(positives / rows)],
  [common.accuracy, ({ accuracy, baseRate }) => overBase(accuracy, baseRate)],
  [common.balanced, (of) => within(of.balancedAccuracy, of.balancedAccuracyError)],
  [common.rocAuc, ({ rocAuc, rocAucError }) => within(rocAuc, rocAucError)],
  [common.precision, ({ precision }) => figure(precision)],
  [common.recall, ({ recall }) => figure(recall)],
  ['F1', ({ f1 }) => figure(f1)],
  [common.logLoss, ({ logLoss, baseLogLoss }) => overBase(logLoss, baseLogLoss)],
  [common.brier, ({ brier, baseBrier }) => overBase(brier, baseBrier)],
];

/** What each model of a run said of the rows that its members left out: of classes beside what a constant gets. */
export function LeftOut({ models }: { readonly models: readonly LeftOutDto[] }) {
  const areClasses = models.some((model) => model.classes !== null);
  const heads = (areClasses ? OF_CLASSES : OF_ALL).map(([head]) => head);
  const cells = (model: LeftOutDto) =>
    model.classes === null
      ? OF_ALL.map(([head, text]) => [head, text(model)] as const)
      : OF_CLASSES.map(([head, text]) => [head, text(model.classes!)] as const);
  return (
    <section aria-label={texts.eachModel}>
      <Title order={3} className={classes.heading}>
        {texts.eachModelOnLeftOut}
      </Title>
      <SideScroll label={texts.models} minWidth={areClasses ? 820 : 320}>
        <Table aria-label={texts.eachModel}>
          <Table.Thead>
            <Table.Tr>
              <Head>{common.model}</Head>
              {heads.map((head) => (
                <Head key={head} ta="right">
                  {head}
                </Head>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {models.map((model) => (
              <Table.Tr key={model.side}>
                <Table.Th scope="row">{NAMES[model.side]}</Table.Th>
                {cells(model).map(([head, text]) => (
                  <Table.Td key={head} ta="right">
                    {text}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
      {areClasses ? <p>{texts.inBrackets}</p> : null}
      {areClasses ? <Calibration models={models} /> : null}
    </section>
  );
}
