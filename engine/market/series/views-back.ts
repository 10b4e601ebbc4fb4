import { readCandleFile } from './candle-file.ts';
import { type PlacedView, viewsIn } from './views.ts';

/** A series that goes back to an earlier candle file. */
export interface ViewsBackJob {
  /** That file, and its digest. */
  readonly back: string;
  readonly digest: string;
  /** The file that it leaves; none where the series is not stored. */
  readonly from?: string | undefined;
  /** Views of runs on the series. */
  readonly views: readonly PlacedView[];
}

/** Digests of views, by which file has them. */
export interface ReplacedFileViews {
  readonly held: readonly string[];
  readonly lost: readonly string[];
}

/** Reads the earlier file, which is thereby known to be as it was written. Throws as `readCandleFile`. */
export function viewsBack({ back, digest, from, views }: ViewsBackJob): ReplacedFileViews {
  const held = viewsIn(readCandleFile(back, digest), views);
  const missing = views.filter((view) => !held.has(view.digest));
  const lost = from === undefined || missing.length === 0 ? [] : viewsIn(readCandleFile(from), missing);
  return { held: [...held], lost: [...lost] };
}
