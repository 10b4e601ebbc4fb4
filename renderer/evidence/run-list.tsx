import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { EvidenceStage } from '../../engine/contract/api/evidence.ts';
import type { MarketEvidenceDto } from '../../engine/contract/dto/index.ts';
import { useCall, useMinTrades, useModelTitle, useRegimeTitle } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  DASH,
  ErrorState,
  formatCount,
  formatDay,
  Head,
  LoadingRows,
  Panel,
  SharpeFigure,
  SideScroll,
  TermHeads,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './evidence.module.css';
import { texts } from './texts.ts';

const PAGE = 25;

interface RunListProps {
  readonly title: string;
  readonly note: string;
  readonly market: MarketEvidenceDto;
  readonly stage: EvidenceStage;
}

/** The models that a count counts, newest first; each leads to its run. */
export function RunList({ title, note, market: { symbol, timeframe }, stage }: RunListProps) {
  const [limit, setLimit] = useState(PAGE);
  const { data, error, refresh } = useCall('evidence.runs', { symbol, timeframe, stage, limit });
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  return (
    <Panel title={title} note={note} flush>
      {error !== undefined ? (
        <ErrorState error={error} retry={refresh} />
      ) : data === undefined ? (
        <LoadingRows rows={4} />
      ) : (
        <>
          <SideScroll className={classes.list} label={texts.titleTable({ title })}>
            <Table aria-label={title} highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Head>{common.model}</Head>
                  <Head ta="right">{common.days}</Head>
                  <Head ta="right">{common.horizon}</Head>
                  <TermHeads terms={['bestSharpe']} />
                  <Head>{texts.championOf}</Head>
                  <Head>{texts.trained}</Head>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.runs.map((run) => (
                  <Table.Tr key={run.id}>
                    <Table.Td>
                      <a href={formatHash('history', { run: String(run.id) })}>
                        {modelTitle(run.modelType)} #{run.id}
                      </a>
                    </Table.Td>
                    <Table.Td ta="right">{run.daysHistory}</Table.Td>
                    <Table.Td ta="right">{texts.countOfBars({ bars: run.horizon })}</Table.Td>
                    <Table.Td ta="right">
                      <SharpeFigure term="bestSharpe" score={run} minTrades={minTrades} />
                    </Table.Td>
                    <Table.Td>{run.bestRegimes.map(regimeTitle).join(', ') || DASH}</Table.Td>
                    <Table.Td>{formatDay(run.createdAt)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </SideScroll>
          {data.total <= data.runs.length ? null : (
            <p className={classes.nothing}>
              <Button variant="default" size="xs" onClick={() => setLimit((n) => Math.min(1000, n + PAGE))}>
                {texts.showMoreOf({ total: formatCount(data.total) })}
              </Button>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
