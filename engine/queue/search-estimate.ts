import type { Configuration } from '../contract/configuration.ts';
import { timeframeMs } from '../contract/timeframe.ts';
import type { Reader } from '../store/database.ts';
import { allQueues } from '../store/queues.ts';
import { trialSeconds } from '../store/trials.ts';
import { type StoredSearch, storedSearch, trialsOfStudy } from './search-spec.ts';

/** Newest searches that trials are measured by: they say what this machine takes now. */
const MOST_MEASURED = 10;

/** What trials take by those that earlier searches tried. */
export interface SearchEstimate {
  /** All threads together; null where a model type was never tried. */
  readonly seconds: number | null;
  readonly measuredTrials: number;
}

/** A trial takes as long as its bars and folds are many: what was measured is scaled by both. Whole cells are measured apart. */
export function estimateSearch(store: Reader, search: StoredSearch, threads: number): SearchEstimate {
  const measured = new Map<string, { trials: number; secondsPerUnit: number }>();
  const searches = allQueues(store)
    .filter(({ kind }) => kind === 'search')
    .sort((a, b) => b.id - a.id)
    .slice(0, MOST_MEASURED);
  for (const queue of searches) {
    const { studies, rules } = storedSearch(queue);
    for (const { study, trials, seconds } of trialSeconds(store, queue.id)) {
      const { configuration } = studies[study]!;
      const kind = kindOf(configuration, rules.folds);
      const known = measured.get(kind) ?? { trials: 0, secondsPerUnit: 0 };
      const perUnit = seconds / workOf(configuration, rules.folds);
      const sum = known.trials + trials;
      const secondsPerUnit = (known.secondsPerUnit * known.trials + perUnit * trials) / sum;
      measured.set(kind, { trials: sum, secondsPerUnit });
    }
  }
  const { rules, studies } = search;
  let work = 0;
  let isKnown = true;
  for (const study of studies) {
    const { configuration } = study;
    const rate = measured.get(kindOf(configuration, rules.folds));
    if (rate === undefined) isKnown = false;
    else work += trialsOfStudy(study, rules) * rate.secondsPerUnit * workOf(configuration, rules.folds);
  }
  const types = new Set(studies.map(({ configuration }) => kindOf(configuration, rules.folds)));
  const together = Math.max(1, Math.min(threads, rules.workers * studies.length));
  return {
    seconds: isKnown ? work / together : null,
    measuredTrials: [...types].reduce((sum, type) => sum + (measured.get(type)?.trials ?? 0), 0),
  };
}

function kindOf({ modelType }: Configuration, folds: number): string {
  return folds === 0 ? `${modelType}, whole` : modelType;
}

/** Bars of all folds, or of a whole cell, up to a factor. */
function workOf({ daysHistory, timeframe }: Configuration, folds: number): number {
  return (daysHistory * Math.max(1, folds)) / timeframeMs(timeframe);
}
