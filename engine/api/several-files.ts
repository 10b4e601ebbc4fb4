import type { Handlers, Input } from '../contract/api/index.ts';
import type {
  FileImportDto,
  FilePlanDto,
  FilesImportDto,
  ImportDto,
  SeriesDto,
} from '../contract/dto/index.ts';
import { type Looking, planFiles, reasonOf } from '../imports/look-at-files.ts';
import type { ImportPlan, PlannedImport, PlanOptions } from '../market/importing/import-plan.ts';
import { filesNamed } from '../market/reading/files-named.ts';
import type { MarketFiles } from '../workers/market-files.ts';

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
  const plan = (named: readonly string[], options: PlanOptions & Looking) => planFiles(files, named, options);

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
