import { AXIS_LIST } from '../../../engine/contract/configuration.ts';
import type { SearchDto, StudyDto } from '../../../engine/contract/dto/index.ts';
import { type GridSpec, parseGridSpec } from '../../../engine/contract/grid.ts';
import { hyperparametersOf, joinedSides } from '../../../engine/contract/hyperparameters.ts';
import { texts } from './texts.ts';

/** The grid of one configuration that the best trials of a place make; null while one of them is missing. */
export function bestAsGrid({ name, studies }: SearchDto, place: string): GridSpec | null {
  const own = studies.filter((study) => study.place === place);
  const [first] = own;
  if (first === undefined || own.some(({ best }) => best === null)) return null;
  const { configuration } = first;
  const { modelType, indicatorTimeframes } = configuration;
  const long = own.find(({ side }) => side === 'LONG');
  const short = own.find(({ side }) => side === 'SHORT');
  const hyperparameters =
    long === undefined || short === undefined
      ? { ...configuration.hyperparameters, ...first.best!.params }
      : joinedSides({ long: sideOf(long, 'long'), short: sideOf(short, 'short') });
  const lists = AXIS_LIST.flatMap(({ key, grid }) =>
    grid === undefined ? [] : [[grid.key, [configuration[key]]] as const],
  );
  return parseGridSpec({
    name: texts.bestOf({ name }).slice(0, 120),
    ...Object.fromEntries(lists),
    indicator_timeframes: indicatorTimeframes,
    hyperparameters: { [modelType]: hyperparameters },
  });
}

function sideOf({ configuration, best }: StudyDto, side: 'long' | 'short') {
  return { ...hyperparametersOf(configuration.hyperparameters, side), ...best!.params };
}

/** As `best_hyperparameters.json` has it: what a grid has under its model type's name, of several places by the place's. */
export function bestParameters(search: SearchDto): unknown {
  const places = [...new Set(search.studies.map(({ place }) => place))];
  const found = places.flatMap((place) => {
    const grid = bestAsGrid(search, place);
    return grid === null ? [] : [[place, Object.values(grid.hyperparameters ?? {})[0]] as const];
  });
  return places.length === 1 ? found[0]?.[1] : Object.fromEntries(found);
}
