import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { modelName } from '../contract/model-name.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import { journalCsv } from '../interchange/csv/journal.ts';
import type { Registry } from '../registry/service.ts';

import type { ClaimOutput } from './claim-output.ts';

type RegistryMethod = Extract<keyof Handlers, `production.${string}`>;

export function registryHandlers(
  registry: Registry,
  claimOutput: ClaimOutput,
): Pick<Handlers, RegistryMethod> {
  return {
    'production.list': () => registry.list(),
    'production.show': (place) => registry.show(place),
    'production.journal'({ symbol, timeframe, regime, at, csv, overwrite }) {
      if ((symbol === undefined) !== (timeframe === undefined)) {
        throw new EngineError(
          'invalid-input',
          'A name is a symbol and a timeframe: give both, or neither for all.',
        );
      }
      const name =
        symbol === undefined || timeframe === undefined
          ? undefined
          : modelName({ symbol, timeframe, regime });
      const entries = registry.journal(name);
      const file = csv === undefined ? null : claimOutput(csv, overwrite);
      if (file !== null) writeFileAtomic(file, journalCsv(entries), USER_MODE);
      return {
        entries,
        file,
        inProduction: at === undefined ? [] : registry.inProduction(at, name),
      };
    },
    async 'production.register'({ champion, run, name, reason }) {
      if ((champion === undefined) === (run === undefined)) {
        throw new EngineError(
          'invalid-input',
          'A version is made of a champion or of a run: name one of them.',
        );
      }
      const source = champion === undefined ? { runId: run! } : { champion };
      return await registry.register({ source, place: name, reason });
    },
    'production.rollback': ({ version, reason, ...place }) =>
      registry.rollback(place, version, reason ?? null),
    'production.retire': ({ reason, ...place }) => registry.retire(place, reason ?? null),
    'production.alias': ({ alias, version, ...place }) => registry.alias(place, alias, version),
  };
}
