import { Anchor, Table } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type {
  QueueDto,
  SearchDto,
  SearchTestDto,
  StudyDto,
  TrialDto,
} from '../../engine/contract/dto/index.ts';
import { TrialHistory } from '../charts/trial-history.tsx';
import { useCall } from '../state/index.ts';
import {
  Badge,
  EmptyState,
  ErrorState,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  LoadingRows,
  Panel,
} from '../ui/index.ts';
import classes from './queue.module.css';

const LATEST = 50;
const LOWER_IS_BETTER: ReadonlySet<string> = new Set(['rmse', 'log_loss']);

/** The studies of a search: how far each came, its best trial, what matters, and the latest trials. */
export function SearchTrials({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('search.list', { queueId: queue.id });
  const search = data?.[0];
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (search === undefined) return <LoadingRows rows={4} />;
  return (
    <>
      {search.studies.map((study) => (
        <StudyPanel key={study.study} search={search} study={study} />
      ))}
    </>
  );
}

function StudyPanel({ search, study }: { readonly search: SearchDto; readonly study: StudyDto }) {
  const { objective } = search;
  const trials = search.trials.filter((trial) => trial.study === study.study);
  const points = trials.flatMap(({ trial, value, state, params }) =>
    value === null ? [] : [{ trial, value, isWhole: state === 'completed', text: paramsText(params) }],
  );
  return (
    <Panel
      title={study.model}
      note={`${formatCount(study.done)} of ${formatCount(study.total)} trials, ${search.folds === 0 ? 'whole cells' : `${search.folds} folds`}, ${search.sampler}, seed ${search.seed}`}
    >
      {trials.length === 0 ? (
        <EmptyState icon={<IconStack2 size={32} stroke={1.4} aria-hidden />} title="No trials yet">
          Each trial appears here as soon as it has ended.
        </EmptyState>
      ) : (
        <>
          <BestTrial study={study} objective={objective} />
          <TrialHistory
            title="Optimization history"
            objective={objective}
            lowerIsBetter={LOWER_IS_BETTER.has(objective)}
            total={study.total}
            points={points}
          />
          <Importance study={study} />
          <TrialLog trials={trials} objective={objective} />
        </>
      )}
    </Panel>
  );
}

function BestTrial({ study, objective }: { readonly study: StudyDto; readonly objective: string }) {
  const { best, test, finding } = study;
  if (best === null) return <p>No trial has come to a value yet.</p>;
  const text = paramsText(best.params);
  return (
    <p>
      Best: trial {formatCount(best.trial)}, {objective} {formatNumber(best.value, 4)}
      {text === '' ? '' : `: ${text}`}.
      {test === null ? null : (
        <>
          {' '}
          {study.side === null ? 'On' : 'The best LONG and the best SHORT model together, on'} the selection
          window, {objective === 'sharpe' ? 'which all trials were scored on' : 'which no trial has seen'}:{' '}
          <Anchor href={`#/history?run=${test.runId}`} underline="always">
            {test.status === 'failed' ? 'failed' : sharpeText(test)}
          </Anchor>
          {test.status === 'failed' ? '.' : ' of the best of its strategies, chosen there.'}
        </>
      )}
      {finding === null ? null : <strong> {finding.text}</strong>}
    </p>
  );
}

function sharpeText({ sharpe, sharpeError }: SearchTestDto): string {
  const error = sharpeError === null ? '' : ` ± ${formatNumber(sharpeError, 1)}`;
  return `Sharpe ${formatNumber(sharpe, 1)}${error}`;
}

/** Nothing below 16 whole trials. */
function Importance({ study: { parameters } }: { readonly study: StudyDto }) {
  const known = parameters.filter(({ importance }) => importance !== null);
  if (known.length === 0) return null;
  const shares = known.toSorted((a, b) => b.importance! - a.importance!);
  return (
    <p>
      What matters:{' '}
      {shares.map(({ name, importance }) => `${name} ${formatPercent(importance, 0)}`).join(', ')}.
    </p>
  );
}

function TrialLog({
  trials,
  objective,
}: {
  readonly trials: readonly TrialDto[];
  readonly objective: string;
}) {
  const latest = trials.toSorted((a, b) => b.trial - a.trial).slice(0, LATEST);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.results} tabIndex={0} aria-label="Trial log">
      <Table stickyHeader fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">Trial</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">{objective}</Table.Th>
            <Table.Th ta="right">Time</Table.Th>
            <Table.Th>Parameters</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {latest.map((trial) => (
            <Table.Tr key={trial.trial}>
              <Table.Td ta="right">{formatCount(trial.trial)}</Table.Td>
              <Table.Td>
                <TrialState trial={trial} />
              </Table.Td>
              <Table.Td ta="right">{formatNumber(trial.value, 4)}</Table.Td>
              <Table.Td ta="right">{formatDuration(trial.seconds)}</Table.Td>
              <Table.Td>{trial.error ?? paramsText(trial.params)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function TrialState({ trial: { state, sameAs } }: { readonly trial: TrialDto }) {
  if (sameAs !== null) return <Badge tone="neutral">{`As trial ${sameAs}`}</Badge>;
  if (state === 'failed') return <Badge tone="loss">Failed</Badge>;
  return state === 'pruned' ? <Badge tone="neutral">Given up</Badge> : <Badge tone="gain">All folds</Badge>;
}

function paramsText(params: TrialDto['params']): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ');
}
