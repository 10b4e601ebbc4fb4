import { Button, NumberInput, SegmentedControl, Table } from '@mantine/core';
import { IconChartAreaLine } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PortfolioDto } from '../../engine/contract/dto/index.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ChartTooltip } from '../charts/chart-tooltip.tsx';
import { HeatMap } from '../charts/heat-map.tsx';
import { TimePlot } from '../charts/time-plot.tsx';
import { useCall, useRegimeTitle } from '../state/index.ts';
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
  zoneLabel,
} from '../ui/index.ts';
import classes from './live.module.css';

type Window = PortfolioDto['window'];

/** All that speak as if they traded at once. It is worked out when it is asked for: each model is followed for it. */
export function PortfolioPanel() {
  const [asked, setAsked] = useState(false);
  const [window, setWindow] = useState<Window>('selection');
  const [cap, setCap] = useState(2);
  const { data, error, refresh } = useCall('portfolio.show', asked ? { window, cap } : null);
  return (
    <Panel
      title="All together"
      note="How alike champions and versions trade, how deep they fall together, and how much of one currency they hold at once."
      actions={
        asked ? (
          <div className={classes.portfolioActions}>
            <SegmentedControl
              size="xs"
              aria-label="Window"
              data={[
                { value: 'selection', label: 'Selection' },
                { value: 'holdout', label: 'Opened holdouts' },
              ]}
              value={window}
              onChange={(value) => setWindow(value as Window)}
            />
            <NumberInput
              size="xs"
              w={88}
              prefix="cap "
              aria-label="Cap on positions of one currency"
              min={1}
              max={1000}
              allowDecimal={false}
              value={cap}
              onChange={(value) => typeof value === 'number' && value >= 1 && setCap(value)}
            />
          </div>
        ) : (
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            Work it out
          </Button>
        )
      }
    >
      {!asked ? (
        <p className={classes.count}>It is worked out when you ask: every champion is traded once more.</p>
      ) : error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={6} />
      ) : data.members.length === 0 ? (
        <EmptyState icon={<IconChartAreaLine size={28} aria-hidden />} title="Nobody to put together">
          {data.notes[0] ?? 'Train a grid first: its champions stand here.'}
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
          : `${formatPercent(portfolio.totalReturn)} after costs with the same share of capital in each market, flat 0 %, buy and hold ${formatPercent(portfolio.buyAndHold)}. Deepest joint drawdown ${formatPercent(portfolio.jointDrawdown)}, mean of the markets’ own ${formatPercent(portfolio.meanDrawdown)}. `}
        {window === 'selection'
          ? 'Champions were chosen on this window: together they look better on it than they are.'
          : 'Nothing was chosen on these bars.'}
      </p>
      {portfolio.curve === null ? null : <Curve curve={portfolio.curve} />}
      <Markets portfolio={portfolio} />
      {exposures.length === 0 ? null : (
        <Figures
          title={`Exposure by currency, in positions (cap ${cap})`}
          head={['Currency', 'Mean', 'Mean size', 'Most', `Most at (${zoneLabel()})`, `Time above ${cap}`]}
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
        title="Correlation of daily results"
        note="1: they win and lose on the same days. Two that go together are one bet twice."
        corner="No"
        rows={members.map(({ name }, i) => `${i + 1} ${name}`)}
        columns={members.map(({ name }, i) => ({ key: name, label: String(i + 1) }))}
        values={correlations.map((row, i) => row.map((r, j) => (i === j ? null : r)))}
        empty="itself, or fewer than 20 days in common"
        format={(value) => formatNumber(value, 2)}
      />
      {notes.length === 0 ? null : (
        <ul className={classes.portfolioNotes} aria-label="Notes">
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
      { name: 'Together', color: 'var(--accent)', values: together, bold: true },
      { name: 'Buy and hold', color: 'var(--mantine-color-dimmed)', values: buyAndHold, dashed: true },
    ],
    [together, buyAndHold],
  );
  return (
    <ChartFigure
      axes={{ left: 'Equity, start = 1' }}
      title="One curve"
      note="Each market with one position, its champions relieving each other by regime. Flat is the line at 1."
      summary={`Together ${formatNumber(together.at(-1), 4)}, buy and hold ${formatNumber(buyAndHold.at(-1), 4)} at the end`}
      legend={[
        { name: 'Together, after costs', color: 'var(--accent)', shape: 'line' },
        { name: 'Buy and hold, without costs', color: 'var(--mantine-color-dimmed)', shape: 'dashed' },
      ]}
      table={{
        columns: ['Day', 'Together', 'Buy and hold'],
        rows: days.map((day, i) => [day, formatNumber(together[i], 4), formatNumber(buyAndHold[i], 4)]),
      }}
    >
      <TimePlot
        time={time}
        lines={lines}
        baseline={1}
        axis="Equity, start = 1"
        timeAxis="Days of the market"
        isByDay
        height={220}
        readout={(i) => (
          <ChartTooltip
            title={days[i]!}
            figures={[
              ['Together', formatNumber(together[i], 4)],
              ['Buy and hold', formatNumber(buyAndHold[i], 4)],
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
      title="Markets"
      head={['Market', 'Regimes', 'Trades', 'Return', 'Max drawdown', 'Buy and hold']}
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
      title="Champions and versions"
      head={['No', 'Name', 'Days', 'Trades', 'Return', 'Max drawdown']}
      rows={members.map((one, i) => [
        String(i + 1),
        one.kind === 'version' ? `${one.name} (version, test windows of its gate)` : one.name,
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.portfolioTable} aria-label={`${title}, table`} tabIndex={0}>
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
    </section>
  );
}
