import type { Configuration } from '../contract/configuration.ts';
import type { Reader } from '../store/database.ts';
import { listAliases, listVersions, modelOfVersion } from '../store/versions.ts';

/** What production uses where a configuration would: of its market, model type and target; undefined where nothing is in use. */
export type InUse = (
  place: Pick<Configuration, 'symbol' | 'timeframe' | 'modelType' | 'target'>,
) => Configuration | undefined;

/**
 * As the registry has it when it is asked. Of several regimes' versions that of all bars comes first, then the one that was promoted last.
 * @throws EngineError `artifact-damaged` where the registry is not what was written
 */
export function inUseOf(store: Reader): InUse {
  return ({ symbol, timeframe, modelType, target }) => {
    const since = new Map(
      listAliases(store).flatMap(({ name, alias, version, since: at }) =>
        alias === 'production' ? [[`${name} ${version}`, at] as const] : [],
      ),
    );
    const [first] = listVersions(store)
      .flatMap((row) => {
        const at = since.get(`${row.name} ${row.version}`);
        if (at === undefined || row.symbol !== symbol || row.timeframe !== timeframe) return [];
        const { configuration } = modelOfVersion(row);
        if (configuration.modelType !== modelType || configuration.target !== target) return [];
        return [{ configuration, isOfAll: row.regime === null, at }];
      })
      .sort((a, b) => +b.isOfAll - +a.isOfAll || b.at - a.at);
    return first?.configuration;
  };
}
