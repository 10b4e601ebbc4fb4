import type { Handlers } from '../contract/api/index.ts';
import type { StudyDto } from '../contract/dto/search.ts';
import { EngineError } from '../contract/errors.ts';
import {
  type ConfiguredHyperparameters,
  hyperparametersOf,
  withParameters,
} from '../contract/hyperparameters.ts';
import { tableFormatOf } from '../contract/table-format.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { trialsFile } from '../interchange/trials.ts';
import type { SearchEdits } from '../queue/search-edits.ts';
import { structured } from '../search/structure.ts';
import { readSearchText } from '../search/text.ts';
import type { ClaimOutput } from './claim-output.ts';

type SearchMethod = Extract<keyof Handlers, `search.${string}`>;

export function searchHandlers(edits: SearchEdits, claimOutput: ClaimOutput): Pick<Handlers, SearchMethod> {
  return {
    'search.read': ({ text, file }) => readSearchText(text, file),
    'search.preview': ({ search }) => edits.preview(search),
    'search.create': ({ search, enqueue }) => edits.create(search, enqueue),
    'search.list': ({ queueId }) => edits.list(queueId),
    'search.export'({ queueId, out, format, overwrite }) {
      const file = claimOutput(out, overwrite);
      const [search] = edits.list(queueId);
      if (search === undefined) throw new EngineError('not-found', `Job ${queueId} is no search.`);
      writeFileAtomic(file, trialsFile(search, tableFormatOf(format, out)), USER_MODE);
      return { file, trials: search.trials.length };
    },
    'search.best'({ queueId, out, overwrite }) {
      const file = claimOutput(out, overwrite);
      const [search] = edits.list(queueId);
      const best = bestOfPlaces(search?.studies ?? []);
      const [one] = best.values();
      if (one === undefined) {
        throw new EngineError(
          'conflict',
          `Job ${queueId} has no trial of a search that was tried to its end yet; of LONG and SHORT models it takes one of each.`,
        );
      }
      const places = new Set(search!.studies.map(({ place }) => place));
      const content = places.size === 1 ? one : Object.fromEntries(best);
      writeFileAtomic(file, `${JSON.stringify(content, null, 2)}\n`, USER_MODE);
      return { file, studies: best.size };
    },
  };
}

/**
 * By the place's name what a grid has under its model type's, with what was left alone: of two models, once both have a best trial, in a
 * section each. It is the configuration that the best trials are trained as.
 */
function bestOfPlaces(studies: readonly StudyDto[]): Map<string, ConfiguredHyperparameters> {
  const places = Map.groupBy(studies, ({ place }) => place);
  const found = new Map<string, ConfiguredHyperparameters>();
  for (const [place, of] of places) {
    const whole = of.flatMap(({ configuration, best }) => {
      if (best === null) return [];
      // What else was varied is no hyper-parameter.
      const { hyperparameters } = structured(configuration, best.params);
      return [withParameters(configuration.hyperparameters, hyperparameters)];
    });
    if (whole.length < of.length) continue;
    const [first, second] = whole as [ConfiguredHyperparameters, ConfiguredHyperparameters?];
    found.set(
      place,
      second === undefined
        ? first
        : { long: hyperparametersOf(first, 'both'), short: hyperparametersOf(second, 'both') },
    );
  }
  return found;
}
