import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import type { SearchEdits } from '../queue/search-edits.ts';
import { readSearchText, searchText } from '../search/text.ts';
import type { ClaimOutput } from './claim-output.ts';

type SearchMethod = Extract<keyof Handlers, `search.${string}`>;

export function searchHandlers(edits: SearchEdits, claimOutput: ClaimOutput): Pick<Handlers, SearchMethod> {
  return {
    'search.read': ({ text, file }) => readSearchText(text, file),
    'search.write': ({ search }) => ({ text: searchText(search) }),
    'search.preview': ({ search }) => edits.preview(search),
    'search.create': ({ search, enqueue }) => edits.create(search, enqueue),
    'search.list': ({ queueId }) => edits.list(queueId),
    'search.best'({ queueId, out, overwrite }) {
      const file = claimOutput(out, overwrite);
      const [search] = edits.list(queueId);
      const best = (search?.studies ?? []).flatMap((study) => study.best ?? []);
      const [one] = best;
      if (one === undefined) {
        throw new EngineError(
          'conflict',
          `Job ${queueId} has no trial of a search that was tried to its end yet.`,
        );
      }
      const byModel = Object.fromEntries(best.map(({ model, params }) => [model, params]));
      const content = search!.studies.length === 1 ? one.params : byModel;
      writeFileAtomic(file, `${JSON.stringify(content, null, 2)}\n`, USER_MODE);
      return { file, studies: best.length };
    },
  };
}
