import type { Config } from '../config/schema.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { Store } from '../store/database.ts';
import { championDtos, type Models } from '../views/champions.ts';
import { vacancies } from '../views/vacancies.ts';

type ChampionMethod = Extract<keyof Handlers, `champions.${string}`>;

export function championHandlers(
  store: Store,
  models: Models,
  config: () => Config,
): Pick<Handlers, ChampionMethod> {
  return {
    'champions.list': () => championDtos(store, models),
    'champions.vacancies': () => vacancies(store, config().evaluation.min_trades_per_regime),
  };
}
