import type { Handlers } from '../contract/api/index.ts';
import type { SeriesDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import { namedFile } from '../files/named-file.ts';
import type { PlacedView } from '../market/series/views.ts';
import type { CandleLibrary } from '../store/candle-library.ts';
import type { SeriesTable } from '../store/schema.ts';
import { KEPT_CHANGES, type SeriesChange } from '../store/series-changes.ts';
import { seriesChangeDto } from '../views/series.ts';
import type { MarketFiles } from '../workers/market-files.ts';

interface UndoDeps {
  readonly library: CandleLibrary;
  readonly files: MarketFiles;
  /** As imports go, one after the other. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** What runs need of a series. */
  readonly viewsOn: (symbol: string, timeframe: Timeframe) => PlacedView[];
  readonly assertNotInUse: (symbol: string) => void;
  readonly dtos: (rows: readonly SeriesTable[]) => SeriesDto[];
  readonly seriesChanged: () => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function undoHandlers({
  library,
  files,
  inTurn,
  viewsOn,
  assertNotInUse,
  dtos,
  seriesChanged,
  now,
}: UndoDeps): Pick<Handlers, 'market.changes' | 'market.undo'> {
  const pathOf = (file: string) => namedFile(library.folder, file);

  /** What becomes of the views that runs need; the file that comes back is read for it, and thereby known to be sound. */
  async function viewsBack({ symbol, timeframe, series }: SeriesChange, asked: readonly PlacedView[]) {
    if (series === null) return { held: [], lost: [] };
    const current = library.find(symbol, timeframe);
    return files.viewsBack({
      back: pathOf(series.file),
      digest: series.digest,
      from: current === undefined ? undefined : pathOf(current.file),
      views: asked,
    });
  }

  return {
    'market.changes': () => library.changes().map(seriesChangeDto),

    'market.undo': (input) =>
      inTurn(async () => {
        const change = changeToUndo(library.changes(), input.symbol, input.timeframe);
        const { symbol, timeframe } = change;
        assertNotInUse(symbol);
        const asked = viewsOn(symbol, timeframe);
        const { held, lost } = await viewsBack(change, asked);
        // A queue may have been started in the meantime, or one have ended.
        assertNotInUse(symbol);
        const known = new Set(asked.map(({ digest }) => digest));
        const unasked = viewsOn(symbol, timeframe).flatMap(({ digest }) =>
          known.has(digest) ? [] : [digest],
        );
        const row = library.undo(change, now(), { held, lost: [...lost, ...unasked] });
        seriesChanged();
        const left = library.changes().filter((one) => one.symbol === symbol && one.timeframe === timeframe);
        return {
          undone: seriesChangeDto(change),
          series: row === undefined ? null : dtos([row])[0]!,
          left: left.map(seriesChangeDto),
        };
      }),
  };
}

/** The newest change of what is asked for. */
function changeToUndo(
  changes: readonly SeriesChange[],
  symbol?: string,
  timeframe?: Timeframe,
): SeriesChange {
  const found = changes.filter(
    (one) => (symbol ?? one.symbol) === one.symbol && (timeframe ?? one.timeframe) === one.timeframe,
  );
  if (found[0] !== undefined) return found[0];
  const what = [symbol, timeframe].filter((part) => part !== undefined).join(' ');
  throw new EngineError(
    'not-found',
    `There is nothing to undo${what === '' ? '' : ` of ${what}`}: the last ${KEPT_CHANGES} imports, replacements and removals of each series can be, for a month.`,
  );
}
