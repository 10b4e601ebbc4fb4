import { createOutdated } from '../binding/outdated.ts';
import type { RegimeChangeDto, RegimeSeriesDto } from '../contract/dto/index.ts';
import { namedFile } from '../files/named-file.ts';
import { digestOf } from '../identity/digest.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import { scoredChampions } from '../views/champions.ts';
import type { RegimeDeps } from './regimes.ts';

/** Series that are labeled for one answer: more would be waited for, and read by nobody. */
const MOST_SERIES = 12;

/** What wanted regimes change of the series and champions of a workspace. Throws as `readCandleFile`. */
export async function previewOf(
  { store, library, analysis, configs }: RegimeDeps,
  wanted: readonly RegimeDefinition[],
): Promise<RegimeChangeDto> {
  const config = configs.current();
  const current = config.regimes.definitions;
  const scored = scoredChampions(store);
  const places = new Set(scored.map(({ scored: { symbol, timeframe } }) => `${symbol} ${timeframe}`));
  const all = library
    .list()
    .toSorted(
      (a, b) =>
        Number(places.has(`${b.symbol} ${b.timeframe}`)) - Number(places.has(`${a.symbol} ${a.timeframe}`)),
    );
  const series: RegimeSeriesDto[] = [];
  for (const { symbol, timeframe, file, digest } of all.slice(0, MOST_SERIES)) {
    const path = namedFile(library.folder, file);
    series.push({
      symbol,
      timeframe,
      ...(await analysis.regimeChange({ file: path, digest, current, wanted })),
    });
  }
  const now = createOutdated(library, config, analysis);
  const then = createOutdated(
    library,
    { ...config, regimes: { ...config.regimes, definitions: [...wanted] } },
    analysis,
  );
  const stale: string[] = [];
  for (const { champion, scored: place } of scored) {
    const changed = await then(place);
    if (changed !== null && changed !== (await now(place))) stale.push(champion);
  }
  return {
    changed: changedNames(current, wanted),
    series,
    furtherSeries: Math.max(0, all.length - MOST_SERIES),
    stale,
    champions: scored.length,
  };
}

/** Names of those that are new, gone, or that label otherwise: titles and descriptions label nothing. */
function changedNames(
  current: readonly RegimeDefinition[],
  wanted: readonly RegimeDefinition[],
): readonly string[] {
  const meaning = (list: readonly RegimeDefinition[]) =>
    new Map(list.map(({ name, active, rules }) => [name, digestOf({ active, rules })]));
  const [before, after] = [meaning(current), meaning(wanted)];
  const names = new Set([...after.keys(), ...before.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
