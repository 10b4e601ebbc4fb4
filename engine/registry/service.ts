import type { JournalEntryDto, ModelNameDto, TenureDto, VersionDto } from '../contract/dto/index.ts';
import { type ModelPlace, modelName } from '../contract/model-name.ts';
import { noVersions } from '../store/versions.ts';
import type { RegistryDeps } from './deps.ts';
import { createMoves } from './moves.ts';
import { type Registration, register } from './register.ts';
import { inProduction, journalDtos, modelNames } from './views.ts';

/** What runs now, since when, why, and what was before. */
export interface Registry {
  list(): ModelNameDto[];
  /** @throws EngineError `not-found` */
  show(place: ModelPlace): ModelNameDto;
  journal(name: string | undefined): JournalEntryDto[];
  /** `at`: a day (`2026-05-03`, UTC) or a time, ISO 8601. */
  inProduction(at: string, name: string | undefined): TenureDto[];
  /** See `register`. */
  register(wanted: Registration): Promise<VersionDto>;
  /** See `Moves`. */
  rollback(place: ModelPlace, version: string | undefined, reason: string | null): ModelNameDto;
  retire(place: ModelPlace, reason: string | null): ModelNameDto;
  alias(place: ModelPlace, alias: string, version: string | null): ModelNameDto;
  /** See `Moves`. */
  reconcile(): void;
  /** What is in production and expired, in whole sentences. */
  notes(): string[];
}

const DAY_MS = 86_400_000;

export function createRegistry(deps: RegistryDeps): Registry {
  const { store } = deps;
  const moves = createMoves(deps);

  function show(place: ModelPlace): ModelNameDto {
    const name = modelName(place);
    const [found] = modelNames(deps, name);
    if (found === undefined) throw noVersions(store, name);
    return found;
  }

  return {
    list: () => modelNames(deps),
    show,
    journal: (name) => journalDtos(store, name),
    inProduction(at, name) {
      const from = Date.parse(at);
      return inProduction(store, { from, to: from + (at.length === 10 ? DAY_MS : 1) }, name);
    },
    async register(wanted) {
      const { symbol, timeframe, regime, version } = await register(deps, wanted);
      return show({ symbol, timeframe, regime }).versions.find((one) => one.version === version)!;
    },
    rollback(place, version, reason) {
      moves.rollback(modelName(place), version, reason);
      return show(place);
    },
    retire(place, reason) {
      moves.retire(modelName(place), reason);
      return show(place);
    },
    alias(place, alias, version) {
      moves.alias(modelName(place), alias, version);
      return show(place);
    },
    reconcile: moves.reconcile,
    notes: () =>
      modelNames(deps).flatMap(({ name, production, versions }) => {
        const version = versions.find((one) => one.version === production);
        return version?.isExpired !== true
          ? []
          : [
              `${name}: version ${version.version} is in production and expired on ${version.expiresAt.slice(0, 10)}. It goes on being used until you train another: regimen production train ${name}.`,
            ];
      }),
  };
}
