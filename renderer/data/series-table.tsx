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
  SideScroll,
  Term,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { costText } from './costs.ts';
import classes from './data.module.css';
import { qualityLines } from './quality.ts';
import { texts } from './texts.ts';

/** Stored candles: how many, from when to when, how complete, what is odd. */
export function SeriesTable({ series }: { readonly series: readonly SeriesDto[] }) {
  const [leaving, setLeaving] = useState<SeriesDto>();
  const remove = async ({ symbol, timeframe }: SeriesDto) => {
    const answer = await attempt(() => call('market.remove', { symbol, timeframe }));
    if (answer === undefined) return;
    await loadWorkspace(['series']);
    notify(texts.seriesRemoved, `${symbol} ${timeframe}`);
  };
  const name = leaving === undefined ? '' : `${leaving.symbol} ${leaving.timeframe}`;
  return (
    <SideScroll label={texts.storedSeriesTable}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Head>{common.symbol}</Head>
            <Head>{common.timeframe}</Head>
            <Head ta="right">{common.bars}</Head>
            <Head>{common.from}</Head>
            <Head>{common.to}</Head>
            <Table.Th ta="right">
              <Term term="coverage" />
            </Table.Th>
            <Head>{common.trades}</Head>
            <Head>{common.roundTripCosts}</Head>
            <Head>{common.quality}</Head>
            <Table.Th>
              <span className="visually-hidden">{texts.actions}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {series.map((one) => (
            <Table.Tr key={`${one.symbol} ${one.timeframe}`}>
              <Table.Td>
                <strong>{one.symbol}</strong>
                {one.synthetic ? <span className={classes.synthetic}>{common.synthetic}</span> : null}
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
                <Tooltip label={texts.candlesOf({ symbol: one.symbol, timeframe: one.timeframe })}>
                  <ActionIcon
                    component="a"
                    href={formatHash('data', { tab: 'market', series: `${one.symbol} ${one.timeframe}` })}
                    variant="subtle"
                    color="gray"
                    aria-label={texts.candlesOf({ symbol: one.symbol, timeframe: one.timeframe })}
                  >
                    <IconChartCandle size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
                <Tooltip
                  label={texts.removeSymbolTimeframe({ symbol: one.symbol, timeframe: one.timeframe })}
                >
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={texts.removeSymbolTimeframe({ symbol: one.symbol, timeframe: one.timeframe })}
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
        question={texts.removeName({ name })}
        consequence={texts.runsAndChampions}
        confirm={texts.removeSeries}
        keep={texts.keepSeries}
        onConfirm={() => leaving !== undefined && void remove(leaving)}
      />
    </SideScroll>
  );
}

/** What trading costs, in few words; the whole sentence, or what to do, in a tooltip. */
function Costs({ series: { roundTrip, costsAdvice } }: { readonly series: SeriesDto }) {
  if (costsAdvice !== null) {
    return (
      <Tooltip multiline maw={420} label={costsAdvice}>
        <span>
          <Badge tone="warning">{texts.notKnown}</Badge>
        </span>
      </Tooltip>
    );
  }
  return <span>{roundTrip === null ? texts.nothing : costText(roundTrip)}</span>;
}

function Quality({ series }: { readonly series: SeriesDto }) {
  const rules = (series.ruleNotes ?? []).map((meaning) => ({ text: common.regimes, meaning, examples: [] }));
  const lines = [...qualityLines(series.quality), ...rules];
  if (lines.length === 0) return <Badge tone="gain">{texts.nothingOdd}</Badge>;
  return (
    <span className={classes.findings}>
      {lines.map(({ text, meaning, examples }) => (
        <Tooltip
          key={`${text} ${meaning}`}
          label={
            <>
              {meaning}
              {examples.length === 0 ? null : (
                <div>{texts.forExample({ examples: examples.slice(0, 3).join(', ') })}</div>
              )}
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
