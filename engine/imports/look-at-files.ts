import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { InspectOptions } from '../market/importing/import.ts';
import {
  type ImportPlan,
  type LookedAt,
  type PlanOptions,
  planImport,
} from '../market/importing/import-plan.ts';
import { marketOfName } from '../market/instruments/symbol-names.ts';
import { type FileMarks, timeframeOf } from '../market/reading/series-of-file.ts';
import type { MarketFiles } from '../workers/market-files.ts';

export type Looking = Omit<InspectOptions, 'onProgress'>;

/** Looks at files one after the other, since all at once would hold all of them in memory, and says which series each is a part of. */
export async function planFiles(
  files: Pick<MarketFiles, 'inspect'>,
  named: readonly string[],
  options: PlanOptions & Looking,
): Promise<ImportPlan> {
  const looked: LookedAt[] = [];
  for (const file of named) looked.push(...(await lookAt(files, file, options)));
  return planImport(looked, options);
}

/** What a file is; of one that holds several series, what each of them is. */
async function lookAt(
  files: Pick<MarketFiles, 'inspect'>,
  file: string,
  options: Looking,
): Promise<LookedAt[]> {
  try {
    const inspection = await files.inspect(file, options);
    const several = seriesWithin(inspection.held, options);
    if (several.length <= 1) return [{ file, inspection }];
    const looked: LookedAt[] = [];
    for (const one of several) {
      const { told, ...rest } = await files.inspect(file, { ...options, ...one });
      // The name of such a file is that of one of them at most.
      looked.push({
        file,
        inspection: { ...rest, told: { ...told, symbol: one.symbol ?? told.symbol }, named: {} },
      });
    }
    return looked;
  } catch (error) {
    return [{ file, refusal: reasonOf(error) }];
  }
}

/** The series that columns of a file name, as far as none of them is asked for. */
function seriesWithin(
  { symbols, timeframes }: FileMarks,
  asked: PlanOptions,
): { symbol?: string; timeframe?: Timeframe }[] {
  const ofSymbols =
    asked.symbol === undefined && symbols.length > 1 ? symbols.map(marketOfName) : [undefined];
  const ofTimeframes =
    asked.timeframe === undefined && timeframes.length > 1 ? timeframes.map(timeframeOf) : [undefined];
  return ofSymbols.flatMap((symbol) =>
    ofTimeframes.map((timeframe) => ({
      ...(symbol === undefined ? {} : { symbol }),
      ...(timeframe === undefined ? {} : { timeframe }),
    })),
  );
}

/** What is wrong with a file is told; what is wrong with Regimen, the disk or the workspace ends it all. */
export function reasonOf(error: unknown): string {
  if (error instanceof EngineError && OF_A_FILE.has(error.code)) return error.message;
  throw error;
}

const OF_A_FILE: ReadonlySet<EngineError['code']> = new Set([
  'invalid-input',
  'data-invalid',
  'format-unknown',
  'file-unreadable',
  'conflict',
]);
