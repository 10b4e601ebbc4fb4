import { Button, NumberInput, SegmentedControl, Table } from '@mantine/core';
import { IconChartAreaLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PortfolioDto } from '../../engine/contract/dto/index.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ChartTooltip } from '../charts/chart-tooltip.tsx';
import { HeatMap } from '../charts/heat-map.tsx';
import { TimePlot } from '../charts/time-plot.tsx';
import { go, useCall, useRegimeTitle } from '../state/index.ts';
import {
  EmptyState,
  ErrorState,
  formatCount,
  formatMinute,
  formatNumber,
  formatPercent,
  Head,
  LoadingRows,
  Panel,
  SideScroll,
  zoneLabel,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './live.module.css';
import { texts } from './texts.ts';

type Window = PortfolioDto['window'];

/** All that speak as if they traded at once. It is worked out when it is asked for: each model is followed for it. */
export function PortfolioPanel() {
  const [asked, setAsked] = useState(false);
  const [window, setWindow] = useState<Window>('selection');
  const [cap, setCap] = useState(2);
  const { data, error, refresh } = useCall('portfolio.show', asked ? { window, cap } : null);
  return (
    <Panel
      title={texts.allTogether}
      note={texts.howAlikeChampionsAndVersions}
      actions={
        asked ? (
          <div className={classes.portfolioActions}>
            <SegmentedControl
              size="xs"
              aria-label={common.window}
              data={[
                { value: 'selection', label: common.selection },
                { value: 'holdout', label: texts.openedHoldouts },
              ]}
              value={window}
              onChange={(value) => setWindow(value as Window)}
            />
            <NumberInput
              size="xs"
              w={88}
              prefix={texts.cap}
              aria-label={texts.capOnPositionsOfOne}
              min={1}
              max={1000}
              allowDecimal={false}
              value={cap}
              onChange={(value) => typeof value === 'number' && value >= 1 && setCap(value)}
            />
          </div>
        ) : (
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            {texts.workItOut}
          </Button>
        )
      }
    >
      {!asked ? (
        <p className={classes.count}>{texts.itIsWorkedOutWhen}</p>
      ) : error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={6} />
      ) : data.members.length === 0 ? (
        <EmptyState
          icon={<IconChartAreaLine size={28} aria-hidden />}
          title={texts.nobodyToPutTogether}
          action={<Button onClick={() => go('queue', { new: '1' })}>{common.buildGrid}</Button>}
        >
          {data.notes[0] ?? texts.trainGridFirst}
        </EmptyState>
      ) : (
        <Portfolio portfolio={data} />
      )}
    </Panel>
  );
}

function Portfolio({ portfolio }: { readonly portfolio: PortfolioDto }) {
  const { window, members, correlations, exposures, cap, notes } = portfolio;
  return (
    <div className={classes.portfolio}>
      <p>
        {portfolio.curve === null
          ? null
          : texts.afterCostsWithSameShare({
              totalReturn: formatPercent(portfolio.totalReturn),
              buyAndHold: formatPercent(portfolio.buyAndHold),
              jointDrawdown: formatPercent(portfolio.jointDrawdown),
              meanDrawdown: formatPercent(portfolio.meanDrawdown),
            })}
        {window === 'selection' ? texts.championsWereChosenOnThis : texts.nothingWasChosenOnThese}
      </p>
      {portfolio.curve === null ? null : <Curve curve={portfolio.curve} />}
      <Markets portfolio={portfolio} />
      {exposures.length === 0 ? null : (
        <Figures
          title={texts.exposureByCurrencyInPositions({ cap })}
          head={[
            texts.currency,
            common.mean,
            common.meanSize,
            common.most,
            texts.mostAt({ zone: zoneLabel() }),
            texts.timeAbove({ cap }),
          ]}
          rows={exposures.map((one) => [
            one.currency,
            formatNumber(one.mean, 2),
            formatNumber(one.meanSize, 2),
            formatNumber(one.most, 0),
            formatMinute(one.mostAt),
            formatPercent(one.overCap),
          ])}
          marked={exposures.map(({ overCap }) => overCap > 0)}
        />
      )}
      <Members portfolio={portfolio} />
      <HeatMap
        title={texts.correlationOfDailyResults}
        note={texts.of1TheyWin}
        corner={texts.no}
        rows={members.map(({ name }, i) => `${i + 1} ${name}`)}
        columns={members.map(({ name }, i) => ({ key: name, label: String(i + 1) }))}
        values={correlations.map((row, i) => row.map((r, j) => (i === j ? null : r)))}
        empty={texts.itselfOrFewer}
        format={(value) => formatNumber(value, 2)}
      />
      {notes.length === 0 ? null : (
        <ul className={classes.portfolioNotes} aria-label={texts.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Curve({ curve }: { readonly curve: NonNullable<PortfolioDto['curve']> }) {
  const { days, together, buyAndHold } = curve;
  const time = useMemo(() => days.map((day) => Date.parse(day)), [days]);
  const lines = useMemo(
    () => [
      { name: texts.together, color: 'var(--accent)', values: together, bold: true },
      { name: common.buyAndHold, color: 'var(--mantine-color-dimmed)', values: buyAndHold, dashed: true },
    ],
    [together, buyAndHold],
  );
  return (
    <ChartFigure
      axes={{ left: texts.equityStart1 }}
      title={texts.oneCurve}
      note={texts.eachMarketWithOnePosition}
      summary={texts.togetherBuyAndHold({
        together: formatNumber(together.at(-1), 4),
        buyAndHold: formatNumber(buyAndHold.at(-1), 4),
      })}
      legend={[
        { name: texts.togetherAfterCosts, color: 'var(--accent)', shape: 'line' },
        { name: texts.buyAndHoldWithoutCosts, color: 'var(--mantine-color-dimmed)', shape: 'dashed' },
      ]}
      table={{
        columns: [texts.day, texts.together, common.buyAndHold],
        rows: days.map((day, i) => [day, formatNumber(together[i], 4), formatNumber(buyAndHold[i], 4)]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={1}
        axis={texts.equityStart1}
        timeAxis={texts.daysOfMarket}
        isByDay
        height={220}
        readout={(i) => (
          <ChartTooltip
            title={days[i]!}
            figures={[
              [texts.together, formatNumber(together[i], 4)],
              [common.buyAndHold, formatNumber(buyAndHold[i], 4)],
            ]}
          />
        )}
      />
    </ChartFigure>
  );
}

function Markets({ portfolio: { markets } }: { readonly portfolio: PortfolioDto }) {
  const regimeTitle = useRegimeTitle();
  if (markets.length === 0) return null;
  return (
    <Figures
      title={texts.markets}
      head={[
        common.market,
        common.regimes,
        common.trades,
        common.returnWord,
        common.maxDrawdown,
        common.buyAndHold,
      ]}
      rows={markets.map((one) => [
        `${one.symbol} ${one.timeframe}`,
        one.regimes.map(regimeTitle).join(', '),
        formatCount(one.trades),
        formatPercent(one.totalReturn),
        formatPercent(one.maxDrawdown),
        formatPercent(one.buyAndHold),
      ])}
    />
  );
}

function Members({ portfolio: { members } }: { readonly portfolio: PortfolioDto }) {
  return (
    <Figures
      title={texts.championsAndVersions}
      head={[texts.no, common.name, common.days, common.trades, common.returnWord, common.maxDrawdown]}
      rows={members.map((one, i) => [
        String(i + 1),
        one.kind === 'version' ? texts.versionTestWindows({ name: one.name }) : one.name,
        formatCount(one.days),
        formatCount(one.trades),
        formatPercent(one.totalReturn),
        formatPercent(one.maxDrawdown),
      ])}
    />
  );
}

interface FiguresProps {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are pointed out. */
  readonly marked?: readonly boolean[];
}

function Figures({ title, head, rows, marked }: FiguresProps) {
  return (
    <SideScroll className={classes.portfolioTable} label={texts.titleTable({ title })}>
      <Table captionSide="top" aria-label={title}>
        <Table.Caption>{title}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Head key={name}>{name}</Head>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, row) => (
            <Table.Tr key={cells.join('\n')} data-over={marked?.[row] || undefined}>
              {cells.map((cell, i) => (
                <Table.Td key={head[i]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
}
