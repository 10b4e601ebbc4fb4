import type { ChampionDto, ChampionSurvivalDto } from '../contract/dto/index.ts';
import type { Reader } from '../store/database.ts';
import { requireSurvivalModel, survivalInProduction } from '../store/survival.ts';
import { decodeSurvival, predictSurvival } from '../survival/model.ts';
import { breakEven } from '../survival/payoff.ts';

type Champion = Pick<
  ChampionDto,
  | 'symbol'
  | 'timeframe'
  | 'regime'
  | 'modelType'
  | 'target'
  | 'horizon'
  | 'daysHistory'
  | 'strategy'
  | 'robustness'
  | 'p'
>;

type SurvivalOf = (champion: Champion) => ChampionSurvivalDto | null;

/**
 * How likely champions make money in their next window, as the model in production says; undefined where none is. Of a champion that was
 * not tested for robustness yet null: what it is told by is not known.
 * @throws EngineError `artifact-damaged`
 */
export function createChampionSurvival(store: Reader): () => SurvivalOf | undefined {
  // Champions are listed after every change, and a version stays what it is.
  let known: { readonly version: string; readonly of: SurvivalOf } | undefined;
  return () => {
    const version = survivalInProduction(store);
    if (version === null) return undefined;
    if (known?.version !== version) known = { version, of: survivalBy(store, version) };
    return known.of;
  };
}

function survivalBy(store: Reader, version: string): SurvivalOf {
  const model = decodeSurvival(requireSurvivalModel(store, version).model);
  return ({ robustness, p, ...known }) => {
    const figures = robustness?.contender;
    if (figures === undefined) return null;
    // As in a fold it is held against all that was tried in its scope; of a champion this goes on to grow.
    const contender = { ...known, figures: { ...figures, familyWiseP: p } };
    return {
      version,
      probability: predictSurvival(model, [contender])[0]!,
      baseRate: model.baseRate,
      breakEven: breakEven(model.payoff),
    };
  };
}
