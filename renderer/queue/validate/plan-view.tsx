import { Alert, Table } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { PlannedValidationDto, ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  Head,
  Panel,
  SideScroll,
  useChampionTitle,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import builder from '../builder.module.css';
import { PlanNotes } from '../plan-notes.tsx';
import { texts } from './texts.ts';
import classes from './validate.module.css';

/** Validations of one job whose folds are listed; of more there is only the count. */
const MOST_LISTED = 20;

/** What would be computed: folds and dates of everything, what stands in the way, what to know. */
export function PlanView({
  preview,
  stale,
}: {
  readonly preview: ValidationPreviewDto;
  readonly stale: boolean;
}) {
  const { validations, problems, notes, next } = preview;
  const more = validations.length - MOST_LISTED;
  return (
    <Panel title={texts.whatItWillCompute} note={texts.nothingHasBegunYet}>
      <div className={classes.fields} aria-busy={stale}>
        {problems.length === 0 ? null : (
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title={texts.thisCantBeValidated}
          >
            <ul className={builder.notes}>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </Alert>
        )}
        {validations.length === 0 ? null : (
          <ul className={builder.plans}>
            {validations.slice(0, MOST_LISTED).map((plan) => (
              <PlanItem key={`${plan.symbol} ${plan.timeframe} ${plan.champion} ${plan.title}`} plan={plan} />
            ))}
          </ul>
        )}
        {more > 0 ? <p className={classes.about}>{texts.andMore({ more: formatCount(more) })}</p> : null}
        {next === null || next.validations.length === 0 ? null : (
          <div>
            <strong>{texts.thenOnce}</strong>
            <ul className={builder.plans}>
              {next.validations.slice(0, MOST_LISTED).map((plan) => (
                <PlanItem
                  key={`${plan.symbol} ${plan.timeframe} ${plan.champion} ${plan.title}`}
                  plan={plan}
                />
              ))}
            </ul>
            <p className={classes.about}>
              {sizeText(next)}. {costText(next)}
            </p>
          </div>
        )}
        <PlanNotes notes={notes} />
      </div>
    </Panel>
  );
}

function PlanItem({ plan }: { readonly plan: PlannedValidationDto }) {
  const championTitle = useChampionTitle();
  const { symbol, timeframe, champion, title, folds } = plan;
  return (
    <li>
      <strong>{champion === null ? `${symbol} ${timeframe}` : championTitle(champion)}</strong>
      <p>{planText(plan)}</p>
      <p className={classes.title}>{title}</p>
      {folds.length === 0 ? null : (
        <details>
          <summary>{texts.datesOfFold({ folds: folds.length })}</summary>
          <FoldDates plan={plan} />
        </details>
      )}
    </li>
  );
}

/** `3 folds of 60 days and 2 to see it age, tests from … to …, trained on 180 days`. */
export function planText({
  folds,
  testPeriodDays,
  trainDays,
  expandingWindow,
}: PlannedValidationDto): string {
  const rolling = folds.filter(({ kind }) => kind === 'rolling');
  const aging = folds.length - rolling.length;
  const [first, last] = [rolling[0], rolling.at(-1)];
  const dates =
    first === undefined || last === undefined
      ? ''
      : texts.testsFromTo({ from: formatDay(first.test.from), to: formatDay(last.test.to) });
  const training = expandingWindow
    ? texts.allDataBeforeAtFirst({ trainDays })
    : texts.trainDaysDays({ trainDays });
  return texts.foldOfDays({ folds: rolling.length, testPeriodDays, aging, dates, training });
}

function FoldDates({ plan: { folds, symbol, timeframe } }: { readonly plan: PlannedValidationDto }) {
  return (
    <SideScroll className={classes.folds} label={texts.foldsOfTable({ symbol, timeframe })}>
      <Table fz="xs" stickyHeader aria-label={texts.foldsOf({ symbol, timeframe })}>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.fold}</Head>
            <Head>{common.trainedOn}</Head>
            <Head ta="right">{common.bars}</Head>
            <Head>{texts.testedOn}</Head>
            <Head ta="right">{common.bars}</Head>
            <Head>{common.note}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {folds.map(({ index, kind, train, test, counted, known }) => (
            <Table.Tr key={index}>
              <Table.Td>{texts.indexAging({ index: index + 1, kind })}</Table.Td>
              <Table.Td>{texts.fromToTo({ from: formatDay(train.from), to: formatDay(train.to) })}</Table.Td>
              <Table.Td ta="right">{formatCount(train.bars)}</Table.Td>
              <Table.Td>{texts.fromToTo({ from: formatDay(test.from), to: formatDay(test.to) })}</Table.Td>
              <Table.Td ta="right">{formatCount(test.bars)}</Table.Td>
              <Table.Td>
                {[counted ? null : texts.countsForNothing, known ? texts.computedBefore : null]
                  .filter((part) => part !== null)
                  .join(', ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}

/** `3 validations, 15 folds; 9 models to train`. */
export function sizeText({ validations, toTrain }: ValidationPreviewDto): string {
  const folds = validations.reduce((sum, plan) => sum + plan.folds.length, 0);
  const what =
    validations.length === 1 ? '' : `${texts.countOfValidations({ validations: validations.length })}, `;
  return texts.foldModelToTrain({ what, folds, toTrain });
}

export function costText({ toTrain, estimate: { seconds, bytes } }: ValidationPreviewDto): string {
  if (toTrain === 0) return texts.allOfItWasComputed;
  if (seconds === null || bytes === null) {
    return texts.timeAndDiskAreEstimated;
  }
  return texts.aboutAndMeasuredOnFolds({ seconds: formatDuration(seconds), bytes: formatBytes(bytes) });
}
