import { Button, Table, Tooltip } from '@mantine/core';
import { IconChartBar, IconStack2 } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import type { QueueDto, RunDto } from '../../engine/contract/dto/index.ts';
import { go, useCall, useMinTrades, useModelTitle, useRegimeTitle } from '../state/index.ts';
import {
  axisHead,
  axisText,
  Badge,
  COLUMN_AXES,
  type ColumnAxis,
  EmptyState,
  ErrorState,
  Explained,
  Head,
  LoadingRows,
  Panel,
  SharpeFigure,
  SideScroll,
  Term,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';
import { waitingText } from './waiting-text.ts';

const LIMIT = 50;

/** The latest results of a queue with the regimes they lead. */
export function QueueResults({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('queue.results', { queueId: queue.id, limit: LIMIT });
  return (
    <Panel
      title={texts.latestResults}
      note={texts.newestFirstAtMost({ limit: LIMIT })}
      actions={
        queue.completed < 2 ? undefined : (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconChartBar size={14} aria-hidden />}
            onClick={() =>
              go(
                'history',
                queue.kind === 'search'
                  ? { view: 'axes', job: String(queue.id) }
                  : { view: 'axes', filter: texts.jobId({ id: queue.id }) },
              )
            }
          >
            {texts.scoreByAxis}
          </Button>
        )
      }
      flush
    >
      {error !== undefined ? <ErrorState error={error} retry={refresh} /> : null}
      {data === undefined ? (
        error === undefined && <LoadingRows rows={4} />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconStack2 size={32} stroke={1.4} aria-hidden />} title={texts.noResultsYet}>
          {waitingText(queue, texts.eachModelAppearsHere)}
        </EmptyState>
      ) : (
        <ResultsTable runs={data} />
      )}
    </Panel>
  );
}

/** The model comes first, as a link; an axis that is no one's first interest where it tells results apart. */
function axesOf(runs: readonly RunDto[]): readonly ColumnAxis[] {
  return COLUMN_AXES.filter(
    ({ key, head, initial = runs[0]?.[key] }) =>
      key !== 'modelType' && (head.isOptional !== true || runs.some((run) => run[key] !== initial)),
  );
}

const ResultsTable = memo(function ResultsTable({ runs }: { readonly runs: readonly RunDto[] }) {
  const axes = axesOf(runs);
  const shown = axes.map(({ key }) => key).join();
  // The same list as long as it has the same columns, so that rows are not drawn again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns' names are what counts.
  const columns = useMemo(() => axes, [shown]);
  return (
    <SideScroll className={classes.results} label={texts.latestResultsTable}>
      <Table stickyHeader highlightOnHover fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Head>{common.model}</Head>
            {columns.map((axis) => (
              <Table.Th key={axis.key} ta={axis.head.isNumber ? 'right' : undefined}>
                {axis.about === undefined ? (
                  axisHead(axis)
                ) : (
                  <Explained text={axis.about}>{axisHead(axis)}</Explained>
                )}
              </Table.Th>
            ))}
            <Head>{texts.outcome}</Head>
            <Table.Th ta="right">
              <Term term="bestSharpe" />
            </Table.Th>
            <Head>{texts.regimesItLeads}</Head>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <ResultRow key={run.id} run={run} columns={columns} />
          ))}
        </Table.Tbody>
      </Table>
    </SideScroll>
  );
});

interface ResultRowProps {
  readonly run: RunDto;
  readonly columns: readonly ColumnAxis[];
}

const ResultRow = memo(function ResultRow({ run, columns }: ResultRowProps) {
  const modelTitle = useModelTitle();
  const minTrades = useMinTrades();
  const regimeTitle = useRegimeTitle();
  return (
    <Table.Tr onDoubleClick={() => go('history', { run: String(run.id) })}>
      <Table.Td>
        <a className={classes.rowLink} href={`#/history?run=${run.id}`}>
          {modelTitle(run.modelType)}
        </a>
      </Table.Td>
      {columns.map(({ key, head }) => (
        <Table.Td key={key} ta={head.isNumber ? 'right' : undefined}>
          {axisText(key, run[key], modelTitle)}
        </Table.Td>
      ))}
      <Table.Td>
        <Outcome run={run} />
      </Table.Td>
      <Table.Td ta="right">
        <SharpeFigure term="bestSharpe" score={run} minTrades={minTrades} />
      </Table.Td>
      <Table.Td>{run.bestRegimes.length === 0 ? '–' : run.bestRegimes.map(regimeTitle).join(', ')}</Table.Td>
    </Table.Tr>
  );
});

/** What became of the model; of a failed run, why. */
function Outcome({ run }: { readonly run: RunDto }) {
  if (run.status === 'completed') {
    return run.kept ? (
      <Badge tone="gain">{common.kept}</Badge>
    ) : (
      <Badge tone="neutral">{common.deleted}</Badge>
    );
  }
  return (
    <Tooltip label={run.error ?? texts.noReasonWasRecorded}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be readable without a mouse. */}
      <span tabIndex={0}>
        <Badge tone="loss">{common.failed}</Badge>
      </span>
    </Tooltip>
  );
}
