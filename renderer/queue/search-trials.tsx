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
} from '../ui/index.ts';
import { Overview } from './search/overview.tsx';
import { paramsText } from './search/params-text.ts';
import { TrialLog } from './search/trial-log.tsx';
import { texts } from './texts/jobs.ts';

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
      note={texts.doneOfTrialWholeCells({
        done: formatCount(study.done),
        trials: study.total,
        folds: search.folds,
        sampler: search.sampler,
        seed: search.seed,
      })}
    >
      {trials.length === 0 ? (
        <EmptyState icon={<IconStack2 size={32} stroke={1.4} aria-hidden />} title={texts.noTrialsYet}>
          {texts.eachTrialAppearsHere}
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
  if (best === null) return <p>{texts.noTrialHasCome}</p>;
  const text = paramsText(best.params);
  return (
    <p>
      {texts.bestTrial({
        trial: formatCount(best.trial),
        objective,
        best: formatNumber(best.value, 4),
        text: text === '' ? '' : `: ${text}`,
      })}
      {test === null ? null : (
        <>
          {' '}
          {texts.onSelectionWindow({
            side: study.side,
            objective,
            link: (words) => (
              <Anchor href={`#/history?run=${test.runId}`} underline="always">
                {words}
              </Anchor>
            ),
            status: test.status,
            test: sharpeText(test),
          })}
        </>
      )}
      {finding === null ? null : <strong> {finding.text}</strong>}
    </p>
  );
}

function sharpeText({ sharpe, sharpeError }: SearchTestDto): string {
  const error = sharpeError === null ? '' : ` ± ${formatNumber(sharpeError, 1)}`;
  return texts.sharpeError({ sharpe: formatNumber(sharpe, 1), error });
}

/** Nothing below 16 whole trials. */
function Importance({ study: { parameters } }: { readonly study: StudyDto }) {
  const known = parameters.filter(({ importance }) => importance !== null);
  if (known.length === 0) return null;
  const shares = known.toSorted((a, b) => b.importance! - a.importance!);
  return (
    <p>
      {texts.whatMatters({
        shares: shares.map(({ name, importance }) => `${name} ${formatPercent(importance, 0)}`).join(', '),
      })}
    </p>
  );
}
