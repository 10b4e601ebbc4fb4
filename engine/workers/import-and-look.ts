import {
  type ImportedSeries,
  importSeries,
  type SeriesImportJob,
} from '../market/importing/import-series.ts';
import { dataShadows } from '../regimes/data-shadows.ts';
import type { RegimeDefinition } from '../regimes/definition.ts';
import type { ShadowedRegime } from '../regimes/shadowed.ts';

export interface ImportJob extends SeriesImportJob {
  /** What the joined series is looked at for, while its bars are in memory; nothing without them. */
  readonly regimes?: readonly RegimeDefinition[] | undefined;
}

export interface LookedAtImport extends ImportedSeries {
  /** Of those regimes; see `dataShadows`. */
  readonly shadowed: readonly ShadowedRegime[];
}

/** Throws as `importSeries`. `onProgress` is told the share of the file that has been read, 0..1. */
export async function importAndLook(
  { regimes = [], ...job }: ImportJob,
  onProgress: (share: number) => void,
): Promise<LookedAtImport> {
  let shadowed: readonly ShadowedRegime[] = [];
  const imported = await importSeries(job, onProgress, (candles) => {
    shadowed = dataShadows(candles, regimes);
  });
  return { ...imported, shadowed };
}
