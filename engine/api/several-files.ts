import type { Handlers, Input } from '../contract/api/index.ts';
import type {
  FileImportDto,
  FilePlanDto,
  FilesImportDto,
  ImportDto,
  SeriesDto,
} from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { filesNamed } from '../market/files-named.ts';
import type { InspectOptions } from '../market/import.ts';
import {
  type ImportPlan,
  type LookedAt,
  type PlannedImport,
  type PlanOptions,
  planImport,
} from '../market/import-plan.ts';
import { type FileMarks, timeframeOf } from '../market/series-of-file.ts';
import { marketOfName } from '../market/symbol-names.ts';
import type { MarketFiles } from '../workers/market-files.ts';

type Looking = Omit<InspectOptions, 'onProgress'>;

interface SeveralFilesDeps {
  readonly files: MarketFiles;
  /** `goesOn`: undone, the one before it is, too. */
  readonly importOne: (input: Input<'market.import'>, goesOn: boolean) => Promise<ImportDto>;
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Several files or a folder at once: each is looked at first, so that parts of one series are joined in the order of time. */
export function severalFiles({
  files,
  importOne,
  inTurn,
}: SeveralFilesDeps): Pick<Handlers, 'market.importFiles' | 'market.inspectFiles'> {
  /** What a file is; of one that holds several series, what each of them is. */
  async function lookAt(file: string, options: Looking): Promise<LookedAt[]> {
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

  /** One file after the other: all at once would hold all of them in memory. */
  async function plan(named: readonly string[], options: PlanOptions & Looking): Promise<ImportPlan> {
    const looked: LookedAt[] = [];
    for (const file of named) looked.push(...(await lookAt(file, options)));
    return planImport(looked, options);
  }

  return {
    async 'market.inspectFiles'({ files: paths, ...options }) {
      const { files: named, leftOut } = filesNamed(paths);
      const { imports, refused } = await plan(named, options);
      return { files: [...imports.map(planned), ...refused.map(notPlanned)], leftOut };
    },

    'market.importFiles': ({ files: paths, replace, priceScale, ...options }) =>
      inTurn(async () => {
        const { files: named, leftOut } = filesNamed(paths);
        const { imports, refused } = await plan(named, options);
        const done: FileImportDto[] = [];
        const series = new Map<string, SeriesDto>();
        for (const part of imports) {
          const { file, symbol, timeframe, notes } = part;
          const key = `${symbol} ${timeframe}`;
          try {
            const result = await importOne(
              {
                ...options,
                ...(part.timezone === undefined ? {} : { timezone: part.timezone }),
                file,
                symbol,
                timeframe,
                priceScale,
                // Its other parts are joined with the first.
                replace: replace && !series.has(key),
              },
              series.has(key),
            );
            series.set(key, result.series);
            const { added, changed, same, badRows } = result;
            done.push({
              file,
              symbol,
              timeframe,
              added,
              changed,
              same,
              badRows,
              notes: [...notes, ...result.notes],
              refusal: null,
            });
          } catch (error) {
            done.push({ ...notImported({ file, refusal: reasonOf(error) }), symbol, timeframe });
          }
        }
        const all = [...done, ...refused.map(notImported)];
        const failed = all.filter(({ refusal }) => refusal !== null).length;
        return { files: all, series: [...series.values()], failed, leftOut } satisfies FilesImportDto;
      }),
  };
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

function planned({ file, symbol, timeframe, timezone, inspection, notes }: PlannedImport): FilePlanDto {
  const { bars, first, last } = inspection;
  return {
    file,
    symbol,
    timeframe,
    bars,
    first,
    last,
    timezone: timezone ?? inspection.timezone.name,
    notes: [...new Set([...notes, ...inspection.notes])],
    refusal: null,
  };
}

function notPlanned({ file, refusal }: ImportPlan['refused'][number]): FilePlanDto {
  return { file, bars: 0, first: '', last: '', timezone: '', notes: [], refusal };
}

function notImported({ file, refusal }: ImportPlan['refused'][number]): FileImportDto {
  return { file, added: 0, changed: 0, same: 0, badRows: 0, notes: [], refusal };
}

/** What is wrong with a file is told; what is wrong with Regimen, the disk or the workspace ends it all. */
function reasonOf(error: unknown): string {
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
