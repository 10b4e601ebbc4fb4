import { Table } from '@mantine/core';
import type { SurvivalModelDto, SurvivalPickDto } from '../../../engine/contract/dto/index.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
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
  SideScroll,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { GateLines } from './gate-lines.tsx';
import classes from './survival.module.css';
import { texts } from './texts.ts';
import { PICK_TITLES, TYPE_TITLES } from './words.ts';

/** How a version was judged: all of it on rows that nothing of it was chosen by. */
export function SurvivalFigures({ model }: { readonly model: SurvivalModelDto }) {
  const { version, modelType, rows, classes: said, calibration, picks, hyperparameters } = model;
  const gate = useCall('survival.gate', { version });
  const tuned = Object.entries(hyperparameters).map(
    ([name, value]) => `${parameterTitle(name)} ${formatShort(value, 3)}`,
  );
  return (
    <Panel
      title={texts.versionOnItsTest({ version })}
      note={texts.learnedFromRows({
        typeTitle: TYPE_TITLES[modelType],
        training: formatCount(rows.training + rows.validation),
        rows: rows.test,
        testFrom: formatDay(model.testFrom),
        testTo: formatDay(model.testTo),
      })}
    >
      <div className={classes.parts}>
        <div className={classes.pair}>
          <ClassTable model={model} />
          {calibration.length === 0 ? null : (
            <CalibrationChart
              title={texts.doesItMeanWhat}
              note={texts.chanceToMakeMoneyAgainst}
              bins={calibration}
              baseRate={said.positives / said.rows}
            />
          )}
        </div>
        <Picks picks={picks} breakEven={model.breakEven} />
        {gate.data === undefined ? null : (
          <div>
            <h3>{texts.gate}</h3>
            <GateLines lines={gate.data} />
          </div>
        )}
        <p className={classes.note}>
          {texts.rowTooWeakLeftOut({
            rows: rows.weak,
            purged: formatCount(rows.purged),
            trials: model.trials,
            validationAuc: model.validationAuc,
            tuned: tuned.join(', '),
          })}
        </p>
      </div>
    </Panel>
  );
}

const figure = (value: number | null) => (value === null ? DASH : formatNumber(value, 3));
const within = (value: number | null, error: number | null) => `${figure(value)} ± ${figure(error)}`;

function ClassTable({ model: { classes: said } }: { readonly model: SurvivalModelDto }) {
  const lines: readonly (readonly [string, string, string])[] = [
    [common.rocAuc, within(said.rocAuc, said.rocAucError), '0.500'],
    [texts.balancedAccuracy, within(said.balancedAccuracy, said.balancedAccuracyError), '0.500'],
    [common.accuracy, figure(said.accuracy), figure(said.baseRate)],
    [common.precision, figure(said.precision), figure(said.positives / said.rows)],
    [common.recall, figure(said.recall), DASH],
    ['F1', figure(said.f1), DASH],
    [common.logLoss, figure(said.logLoss), figure(said.baseLogLoss)],
    [texts.brierScore, figure(said.brier), figure(said.baseBrier)],
  ];
  return (
    <div>
      <h3>{texts.didItMakeMoney}</h3>
      <Table aria-label={texts.didItMakeMoney}>
        <Table.Thead>
          <Table.Tr>
            <Head>{texts.figure}</Head>
            <Head ta="right">{common.it}</Head>
            <Head ta="right">{common.constant}</Head>
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
      <h3>{texts.whatStakeOnItsPicks}</h3>
      <SideScroll label={texts.picksTable} minWidth={720}>
        <Table aria-label={common.picks}>
          <Table.Thead>
            <Table.Tr>
              <Head>{texts.pickedBy}</Head>
              <Head ta="right">{common.picks}</Head>
              <Head ta="right">{common.madeMoney}</Head>
              <Head ta="right">{common.flatStake}</Head>
              <Head ta="right">{common.halfKelly}</Head>
              <Head ta="right">{common.meanStake}</Head>
              <Head ta="right">{common.growth}</Head>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {picks.map((pick) => (
              <Table.Tr key={pick.rule}>
                <Table.Th scope="row">{PICK_TITLES[pick.rule]}</Table.Th>
                <Table.Td ta="right">
                  {texts.picksOfPlaces({ picks: formatCount(pick.picks), places: formatCount(pick.places) })}
                </Table.Td>
                <Table.Td ta="right">{rate(pick.hitRate, pick.hitRateError)}</Table.Td>
                <Table.Td ta="right">{rate(pick.roi, pick.roiError)}</Table.Td>
                <Table.Td ta="right">{formatPercent(pick.kellyRoi)}</Table.Td>
                <Table.Td ta="right">{formatPercent(pick.kellyStake)}</Table.Td>
                <Table.Td ta="right">{formatNumber(pick.kellyGrowth, 3)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SideScroll>
      <p className={classes.note}>{texts.onePickForEachMarket({ breakEven: formatPercent(breakEven, 0) })}</p>
    </div>
  );
}
