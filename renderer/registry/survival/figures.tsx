import { Table } from '@mantine/core';
import type { SurvivalModelDto, SurvivalPickDto } from '../../../engine/contract/dto/index.ts';
import { CalibrationChart } from '../../charts/calibration-chart.tsx';
import { useCall } from '../../state/index.ts';
import {
  DASH,
  formatCount,
  formatDay,
  formatNumber,
  formatPercent,
  formatShort,
  Head,
  Panel,
  plural,
} from '../../ui/index.ts';
import { GateLines } from './gate-lines.tsx';
import classes from './survival.module.css';
import { PICK_TITLES, TYPE_TITLES } from './words.ts';

/** How a version was judged: all of it on rows that nothing of it was chosen by. */
export function SurvivalFigures({ model }: { readonly model: SurvivalModelDto }) {
  const { version, modelType, rows, classes: said, calibration, picks, hyperparameters } = model;
  const gate = useCall('survival.gate', { version });
  const tuned = Object.entries(hyperparameters).map(([name, value]) => `${name} ${formatShort(value, 3)}`);
  return (
    <Panel
      title={`Version ${version}, on its test rows`}
      note={`${TYPE_TITLES[modelType]}. Learned from ${formatCount(rows.training + rows.validation)} rows, judged on the ${plural(rows.test, 'row')} after them, ${formatDay(model.testFrom)} to ${formatDay(model.testTo)}, by a model that knows none of these.`}
    >
      <div className={classes.parts}>
        <div className={classes.pair}>
          <ClassTable model={model} />
          {calibration.length === 0 ? null : (
            <CalibrationChart
              title="Does it mean what it says?"
              note="The chance to make money against the share that did, in groups of about as many test rows each; rows with the same chance stay together."
              bins={calibration}
              baseRate={said.positives / said.rows}
            />
          )}
        </div>
        <Picks picks={picks} breakEven={model.breakEven} />
        {gate.data === undefined ? null : (
          <div>
            <h3>The gate</h3>
            <GateLines lines={gate.data} />
          </div>
        )}
        <p className={classes.note}>
          {`${plural(rows.weak, 'row')} too weak, ${formatCount(rows.purged)} left out between the parts. ${plural(model.trials, 'trial')}${model.validationAuc === null ? '' : `, ROC AUC ${formatNumber(model.validationAuc, 3)} at best on the validation rows`}: ${tuned.join(', ')}.`}
        </p>
      </div>
    </Panel>
  );
}

const figure = (value: number | null) => (value === null ? DASH : formatNumber(value, 3));
const within = (value: number | null, error: number | null) => `${figure(value)} ± ${figure(error)}`;

function ClassTable({ model: { classes: said } }: { readonly model: SurvivalModelDto }) {
  const lines: readonly (readonly [string, string, string])[] = [
    ['ROC AUC', within(said.rocAuc, said.rocAucError), '0.500'],
    ['Balanced accuracy', within(said.balancedAccuracy, said.balancedAccuracyError), '0.500'],
    ['Accuracy', figure(said.accuracy), figure(said.baseRate)],
    ['Precision', figure(said.precision), figure(said.positives / said.rows)],
    ['Recall', figure(said.recall), DASH],
    ['F1', figure(said.f1), DASH],
    ['Log loss', figure(said.logLoss), figure(said.baseLogLoss)],
    ['Brier score', figure(said.brier), figure(said.baseBrier)],
  ];
  return (
    <div>
      <h3>Did it make money?</h3>
      <Table aria-label="Did it make money?">
        <Table.Thead>
          <Table.Tr>
            <Head>Figure</Head>
            <Head ta="right">It</Head>
            <Head ta="right">A constant</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(([name, value, base]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td ta="right">{value}</Table.Td>
              <Table.Td ta="right">{base}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface PicksProps {
  readonly picks: readonly SurvivalPickDto[];
  readonly breakEven: number;
}

const rate = (value: number | null, error: number | null) =>
  value === null || error === null
    ? formatPercent(value)
    : `${formatPercent(value)} ± ${formatNumber(error * 100, 1)}`;

/** What a stake comes to on whom each rule picks. */
function Picks({ picks, breakEven }: PicksProps) {
  return (
    <div>
      <h3>What a stake on its picks comes to</h3>
      <Table.ScrollContainer
        minWidth={720}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Picks, table', role: 'region' } }}
      >
        <Table aria-label="Picks">
          <Table.Thead>
            <Table.Tr>
              <Head>Picked by</Head>
              <Head ta="right">Picks</Head>
              <Head ta="right">Made money</Head>
              <Head ta="right">Flat stake</Head>
              <Head ta="right">Half Kelly</Head>
              <Head ta="right">Mean stake</Head>
              <Head ta="right">Growth</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {picks.map((pick) => (
              <Table.Tr key={pick.rule}>
                <Table.Th scope="row">{PICK_TITLES[pick.rule]}</Table.Th>
                <Table.Td ta="right">{`${formatCount(pick.picks)} of ${formatCount(pick.places)}`}</Table.Td>
                <Table.Td ta="right">{rate(pick.hitRate, pick.hitRateError)}</Table.Td>
                <Table.Td ta="right">{rate(pick.roi, pick.roiError)}</Table.Td>
                <Table.Td ta="right">{formatPercent(pick.kellyRoi)}</Table.Td>
                <Table.Td ta="right">{formatPercent(pick.kellyStake)}</Table.Td>
                <Table.Td ta="right">{formatNumber(pick.kellyGrowth, 3)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <p className={classes.note}>
        {`One pick for each market, regime and date. Flat stake: mean result of a unit of risk, after costs. Half Kelly stakes by the chance, at most 25 % of the capital; it pays from ${formatPercent(breakEven, 0)} on. Growth: ln of what the capital becomes.`}
      </p>
    </div>
  );
}
