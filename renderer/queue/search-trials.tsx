import { Anchor } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { QueueDto, SearchDto, SearchTestDto, StudyDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import {
  EmptyState,
  ErrorState,
  formatCount,
  formatNumber,
  formatPercent,
  LoadingRows,
  Panel,
  plural,
} from '../ui/index.ts';
import { Overview } from './search/overview.tsx';
import { paramsText } from './search/params-text.ts';
import { TrialLog } from './search/trial-log.tsx';

/** With its chart library. */
const Pictures = lazy(() => import('./search/pictures.tsx'));

/** The studies of a search: how far each came, its best trial, what matters, and the latest trials. */
export function SearchTrials({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('search.list', { queueId: queue.id });
  const search = data?.[0];
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (search === undefined) return <LoadingRows rows={4} />;
  return (
    <>
      <Overview search={search} queue={queue} />
      {search.studies.map((study) => (
        <StudyPanel key={study.study} search={search} study={study} />
      ))}
    </>
  );
}

function StudyPanel({ search, study }: { readonly search: SearchDto; readonly study: StudyDto }) {
  const { objective } = search;
  const trials = search.trials.filter((trial) => trial.study === study.study);
  return (
    <Panel
      title={study.model}
      note={`${formatCount(study.done)} of ${plural(study.total, 'trial')}, ${search.folds === 0 ? 'whole cells' : plural(search.folds, 'fold')}, ${search.sampler}, seed ${search.seed}`}
    >
      {trials.length === 0 ? (
        <EmptyState icon={<IconStack2 size={32} stroke={1.4} aria-hidden />} title="No trials yet">
          Each trial appears here as soon as it has ended.
        </EmptyState>
      ) : (
        <>
          <BestTrial study={study} objective={objective} />
          <Suspense fallback={<LoadingRows rows={4} />}>
            <Pictures search={search} study={study} trials={trials} />
          </Suspense>
          <Importance study={study} />
          <TrialLog model={study.model} trials={trials} objective={objective} />
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
