import type { QualityReport } from '../quality.ts';
import type { SpreadUnit } from '../spread-unit.ts';
import type { Timeframe } from '../timeframe.ts';

export interface SeriesDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
  readonly first: string;
  readonly last: string;
  readonly digest: string;
  readonly synthetic: boolean;
  readonly quality: QualityReport;
}

export interface BadLineDto {
  /** 1-based, as an editor counts. */
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface ImportDto {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly format: string;
  readonly timezone: { readonly name: string; readonly source: string };
  readonly priceScale: number;
  /** What the file's spreads were read as; undefined where it has none. */
  readonly spreadUnit: SpreadUnit | undefined;
  readonly rows: number;
  readonly badRows: number;
  readonly badLines: readonly BadLineDto[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly notes: readonly string[];
  readonly series: SeriesDto;
}

/** What can be said about a file without importing it. */
export interface InspectionDto {
  readonly format: string;
  /** The format's name for people. */
  readonly title: string;
  readonly timezone: { readonly name: string; readonly source: string };
  /** Prices in the file are this many times the real ones; guessed from the symbol, 1 where that is not known. */
  readonly priceScale: number;
  /** What its spreads are read as; undefined where it has none. */
  readonly spreadUnit: SpreadUnit | undefined;
  /** From the file's content or its name. */
  readonly symbol?: string | undefined;
  /** From the distance between bars. */
  readonly timeframe?: Timeframe | undefined;
  readonly columns: readonly string[];
  readonly firstLines: readonly string[];
  readonly bars: number;
  /** Opening times of the first and the last bar, ISO 8601 UTC. */
  readonly first: string;
  readonly last: string;
  readonly badRows: number;
  readonly problems: readonly BadLineDto[];
  readonly duplicates: number;
  readonly notes: readonly string[];
}
