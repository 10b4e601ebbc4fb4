import { createOutdated } from '../binding/outdated.ts';
import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { CandleReader } from '../market/candle-source.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { Store } from '../store/database.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { datedChampionDtos, type Models } from '../views/champions.ts';
import { vacancies } from '../views/vacancies.ts';

type ChampionMethod = 'champions.list' | 'champions.vacancies';

export interface ChampionDeps {
  readonly store: Store;
  readonly artifacts: Models;
  readonly library: CandleLibrary;
  readonly analysis: CandleReader;
  readonly config: () => Config;
}

export function championHandlers(deps: ChampionDeps): Pick<Handlers, ChampionMethod> {
  const { store, artifacts, library, analysis, config } = deps;
  return {
    'champions.list': () =>
      datedChampionDtos(
        store,
        artifacts,
        createOutdated(library, config(), analysis),
        createChampionJudge(store),
      ),
    'champions.vacancies': () => vacancies(store, config().evaluation.min_trades_per_regime),
  };
}
