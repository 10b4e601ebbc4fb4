import { Anchor } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type {
  QueueDto,
  SearchDto,
  SearchTestDto,
  StudyDto,
  TrialDto,
} from '../../engine/contract/dto/index.ts';
import { objectiveTitle } from '../../engine/contract/objective-titles.ts';
import { parameterTitle } from '../../engine/contract/parameter-titles.ts';
import { matchingTrials, trialCondition } from '../../engine/contract/trial-conditions.ts';
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
import { TrialFilterBar } from './search/trial-filter.tsx';
import { TrialLog } from './search/trial-log.tsx';
import { type TrialFilter, useTrialFilter } from './search/use-trial-filter.ts';
import { texts } from './texts/jobs.ts';
import { waitingText } from './waiting-text.ts';

/** Loaded when it is needed. */
const Pictures = lazy(() => import('./search/pictures.tsx'));

/** The studies of a search: how far each came, its best trial, what matters, and the latest trials. */
export function SearchTrials({ queue }: { readonly queue: QueueDto }) {
  const { data, error, refresh } = useCall('search.list', { queueId: queue.id });
  const filter = useTrialFilter(queue.id);
  const search = data?.[0];
  if (error !== undefined) return <ErrorState error={error} retry={refresh} />;
  if (search === undefined) return <LoadingRows rows={4} />;
  const studies = search.studies.map((study) => {
    const trials = search.trials.filter((trial) => trial.study === study.study);
    return { study, trials, matching: matchingTrials(study, trials, filter.conditions) };
  });
  const first = studies.find(({ matching }) => matching.length > 0)?.study;
  return (
    <>
      <Overview search={search} queue={queue} />
      {studies.map((one) => (
        <StudyPanel
          key={one.study.study}
          {...one}
          queue={queue}
          search={search}
          filter={filter}
          isFirst={one.study === first}
        />
      ))}
    </>
  );
}

interface StudyPanelProps {
  readonly queue: QueueDto;
  readonly search: SearchDto;
  readonly study: StudyDto;
  /** All of the study, and those that the filter leaves. */
  readonly trials: readonly TrialDto[];
  readonly matching: readonly TrialDto[];
  readonly filter: TrialFilter;
  /** It is the first study of which the filter leaves any. */
  readonly isFirst: boolean;
}

function StudyPanel(props: StudyPanelProps) {
  const { queue, search, study, trials, filter } = props;
  const { objective } = search;
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
          {waitingText(queue, texts.eachTrialAppearsHere)}
        </EmptyState>
      ) : (
        <>
          <BestTrial study={study} objective={objective} />
          <Suspense fallback={<LoadingRows rows={4} />}>
            <Pictures
              search={search}
              study={study}
              trials={trials}
              onPick={(trial) => filter.ask(trialCondition(search, { study: study.study, trial }))}
            />
            <Importance study={study} />
            <FilteredLog {...props} />
          </Suspense>
        </>
      )}
    </Panel>
  );
}

/** The table, which comes into view when it is filtered: the figure that was clicked in stands above it. */
function FilteredLog({ search, study, trials, matching, filter, isFirst }: StudyPanelProps) {
  const { text } = filter;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (text !== '' && isFirst) place.current?.scrollIntoView({ block: 'center' });
  }, [text, isFirst]);
  return (
    <div ref={place}>
      <TrialLog
        model={study.model}
        trials={matching}
        objective={search.objective}
        filter={
          <TrialFilterBar search={search} filter={filter} matching={matching.length} all={trials.length} />
        }
      />
    </div>
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
        objective: objectiveTitle(objective),
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
        shares: shares
          .map(({ name, importance }) => `${parameterTitle(name)} ${formatPercent(importance, 0)}`)
          .join(', '),
      })}
    </p>
  );
}
