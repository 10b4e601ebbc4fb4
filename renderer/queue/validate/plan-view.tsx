import { Alert, Table } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { PlannedValidationDto, ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import { formatBytes, formatCount, formatDay, formatDuration, Head, Panel, plural } from '../../ui/index.ts';
import builder from '../builder.module.css';
import { PlanNotes } from '../plan-notes.tsx';
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
    <Panel title="What it will compute" note="Nothing has begun yet.">
      <div className={classes.fields} aria-busy={stale}>
        {problems.length === 0 ? null : (
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title="This can’t be validated as it is"
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
        {more > 0 ? <p className={classes.about}>and {formatCount(more)} more</p> : null}
        {next === null || next.validations.length === 0 ? null : (
          <div>
            <strong>Then, once it is confirmed: full</strong>
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
  const { symbol, timeframe, champion, title, folds } = plan;
  return (
    <li>
      <strong>{champion ?? `${symbol} ${timeframe}`}</strong>
      <p>{planText(plan)}</p>
      <p className={classes.title}>{title}</p>
      {folds.length === 0 ? null : (
        <details>
          <summary>Dates of {plural(folds.length, 'fold')}</summary>
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
      : `, tests from ${formatDay(first.test.from)} to ${formatDay(last.test.to)}`;
  const training = expandingWindow ? `all data before, at first ${trainDays} days` : `${trainDays} days`;
  return `${plural(rolling.length, 'fold')} of ${testPeriodDays} days${aging > 0 ? ` and ${aging} to see it age` : ''}${dates}, trained on ${training}`;
}

function FoldDates({ plan: { folds, symbol, timeframe } }: { readonly plan: PlannedValidationDto }) {
  return (
    <section
      className={classes.folds}
      aria-label={`Folds of ${symbol} ${timeframe}, table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
    >
      <Table fz="xs" stickyHeader aria-label={`Folds of ${symbol} ${timeframe}`}>
        <Table.Thead>
          <Table.Tr>
            <Head>Fold</Head>
            <Head>Trained on</Head>
            <Head ta="right">Bars</Head>
            <Head>Tested on</Head>
            <Head ta="right">Bars</Head>
            <Head>Note</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {folds.map(({ index, kind, train, test, counted, known }) => (
            <Table.Tr key={index}>
              <Table.Td>
                {index + 1}
                {kind === 'aging' ? ' (aging)' : ''}
              </Table.Td>
              <Table.Td>
                {formatDay(train.from)} to {formatDay(train.to)}
              </Table.Td>
              <Table.Td ta="right">{formatCount(train.bars)}</Table.Td>
              <Table.Td>
                {formatDay(test.from)} to {formatDay(test.to)}
              </Table.Td>
              <Table.Td ta="right">{formatCount(test.bars)}</Table.Td>
              <Table.Td>
                {[counted ? null : 'counts for nothing', known ? 'computed before' : null]
                  .filter((part) => part !== null)
                  .join(', ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** `3 validations, 15 folds; 9 models to train`. */
export function sizeText({ validations, toTrain }: ValidationPreviewDto): string {
  const folds = validations.reduce((sum, plan) => sum + plan.folds.length, 0);
  const what = validations.length === 1 ? '' : `${plural(validations.length, 'validation')}, `;
  return `${what}${plural(folds, 'fold')}, ${plural(toTrain, 'model')} to train`;
}

export function costText({ toTrain, estimate: { seconds, bytes } }: ValidationPreviewDto): string {
  if (toTrain === 0) return 'All of it was computed before: it ends at once.';
  if (seconds === null || bytes === null) {
    return 'Time and disk are estimated once this workspace has computed such a fold.';
  }
  return `About ${formatDuration(seconds)} and ${formatBytes(bytes)} (measured on folds of this workspace)`;
}
