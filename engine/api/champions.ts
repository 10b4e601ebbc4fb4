import { createOutdated } from '../binding/outdated.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import { tableFormatOf } from '../contract/table-format.ts';
import { isTarget } from '../contract/target-names.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { championsFile } from '../interchange/champions.ts';
import type { CandleReader } from '../market/series/candle-source.ts';
import { createChampionSurvival } from '../registry/champion-survival.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { matchesMarks } from '../store/marks.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { arrangedChampions } from '../views/champion-order.ts';
import { datedChampionDtos, type Models } from '../views/champions.ts';
import { vacancies } from '../views/vacancies.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';

type ChampionMethod = 'champions.list' | 'champions.vacancies' | 'champions.export';

export interface ChampionDeps {
  readonly store: Store;
  readonly artifacts: Models;
  readonly library: CandleLibrary;
  readonly analysis: CandleReader;
  readonly config: () => Config;
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function championHandlers(deps: ChampionDeps): Pick<Handlers, ChampionMethod> {
  const { store, artifacts, library, analysis, config, claimOutput, home, now } = deps;
  const survivalNow = createChampionSurvival(store);
  async function list({ target, sort, descending, filter, ...marked }: Input<'champions.list'>) {
    const champions = await datedChampionDtos(
      store,
      artifacts,
      createOutdated(library, config(), analysis),
      createChampionJudge(store),
    );
    const survivalOf = survivalNow();
    const all =
      survivalOf === undefined ? champions : champions.map((one) => ({ ...one, survival: survivalOf(one) }));
    const found = all.filter(
      (one) => (target === undefined || isTarget(one.target, target)) && matchesMarks(one.marks, marked),
    );
    return arrangedChampions(found, { sort, descending, filter });
  }
  return {
    'champions.list': list,
    async 'champions.export'({ csv, format: asked, columns, overwrite, zone, ...query }) {
      const format = tableFormatOf(asked, csv);
      const file =
        csv === undefined ? exportPath(home, 'champions', now(), `.${format}`) : claimOutput(csv, overwrite);
      const champions = await list(query);
      writeFileAtomic(file, championsFile(champions, format, columns, zone), USER_MODE);
      return { file, champions: champions.length };
    },
    'champions.vacancies': () => vacancies(store, config().evaluation.min_trades_per_regime),
  };
}
