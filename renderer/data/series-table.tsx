import { ActionIcon, Table, Tooltip } from '@mantine/core';
import { IconChartCandle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import { sessionText } from '../../engine/contract/session-text.ts';
import { call, loadWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  attempt,
  Badge,
  ConfirmDialog,
  formatCount,
  formatDay,
  Head,
  Num,
  notify,
  Term,
} from '../ui/index.ts';
import { costText } from './costs.ts';
import classes from './data.module.css';
import { qualityLines } from './quality.ts';

/** Stored candles: how many, from when to when, how complete, what is odd. */
export function SeriesTable({ series }: { readonly series: readonly SeriesDto[] }) {
  const [leaving, setLeaving] = useState<SeriesDto>();
  const remove = async ({ symbol, timeframe }: SeriesDto) => {
    const answer = await attempt(() => call('market.remove', { symbol, timeframe }));
    if (answer === undefined) return;
    await loadWorkspace(['series']);
    notify('Series removed', `${symbol} ${timeframe}`);
  };
  const name = leaving === undefined ? '' : `${leaving.symbol} ${leaving.timeframe}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label="Stored series, table">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Head>Symbol</Head>
            <Head>Timeframe</Head>
            <Head ta="right">Bars</Head>
            <Head>From</Head>
            <Head>To</Head>
            <Table.Th ta="right">
              <Term term="coverage" />
            </Table.Th>
            <Head>Trades</Head>
            <Head>A round trip costs</Head>
            <Head>Quality</Head>
            <Table.Th>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {series.map((one) => (
            <Table.Tr key={`${one.symbol} ${one.timeframe}`}>
              <Table.Td>
                <strong>{one.symbol}</strong>
                {one.synthetic ? <span className={classes.synthetic}>Synthetic</span> : null}
              </Table.Td>
              <Table.Td>{one.timeframe}</Table.Td>
              <Table.Td ta="right">{formatCount(one.bars)}</Table.Td>
              <Table.Td>{formatDay(one.first)}</Table.Td>
              <Table.Td>{formatDay(one.last)}</Table.Td>
              <Table.Td ta="right">
                <Num term="coverage" value={one.quality.coverage} />
              </Table.Td>
              <Table.Td>{sessionText(one.quality)}</Table.Td>
              <Table.Td>
                <Costs series={one} />
              </Table.Td>
              <Table.Td>
                <Quality series={one} />
              </Table.Td>
              <Table.Td ta="right" className={classes.rowActions}>
                <Tooltip label={`Candles of ${one.symbol} ${one.timeframe}`}>
                  <ActionIcon
                    component="a"
                    href={formatHash('data', { tab: 'market', series: `${one.symbol} ${one.timeframe}` })}
                    variant="subtle"
                    color="gray"
                    aria-label={`Candles of ${one.symbol} ${one.timeframe}`}
                  >
                    <IconChartCandle size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={`Remove ${one.symbol} ${one.timeframe}`}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${one.symbol} ${one.timeframe}`}
                    onClick={() => setLeaving(one)}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        question={`Remove ${name}?`}
        consequence="Runs and champions that were trained on its candles stay. It can be undone for a month."
        confirm="Remove series"
        keep="Keep series"
        onConfirm={() => leaving !== undefined && void remove(leaving)}
      />
    </section>
  );
}

/** What trading costs, in few words; the whole sentence, or what to do, in a tooltip. */
function Costs({ series: { roundTrip, costsAdvice } }: { readonly series: SeriesDto }) {
  if (costsAdvice !== null) {
    return (
      <Tooltip multiline maw={420} label={costsAdvice}>
        <span>
          <Badge tone="warning">not known</Badge>
        </span>
      </Tooltip>
    );
  }
  return <span>{roundTrip === null ? 'nothing' : costText(roundTrip)}</span>;
}

function Quality({ series }: { readonly series: SeriesDto }) {
  const rules = (series.ruleNotes ?? []).map((meaning) => ({ text: 'Regimes', meaning, examples: [] }));
  const lines = [...qualityLines(series.quality), ...rules];
  if (lines.length === 0) return <Badge tone="gain">Nothing odd</Badge>;
  return (
    <span className={classes.findings}>
      {lines.map(({ text, meaning, examples }) => (
        <Tooltip
          key={`${text} ${meaning}`}
          label={
            <>
              {meaning}
              {examples.length === 0 ? null : <div>For example {examples.slice(0, 3).join(', ')}.</div>}
            </>
          }
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the meaning must be readable without a mouse. */}
          <span className={classes.finding} tabIndex={0}>
            {text}
          </span>
        </Tooltip>
      ))}
    </span>
  );
}
