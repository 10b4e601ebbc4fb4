import { basename } from 'node:path';
import type { FileInspection, SeriesNameDto } from '../../contract/dto/index.ts';
import type { Timeframe } from '../../contract/timeframe.ts';

/** A file that was looked at, or the reason why it can't be read. */
export type LookedAt =
  | { readonly file: string; readonly inspection: FileInspection }
  | { readonly file: string; readonly refusal: string };

/** What is said of all files at once: it overrules what names and contents say. */
export interface PlanOptions {
  readonly symbol?: string | undefined;
  readonly timeframe?: Timeframe | undefined;
  readonly timezone?: string | undefined;
}

/** A file with the series that it is a part of. */
export interface PlannedImport {
  readonly file: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** The zone of the other parts, for one that does not tell its own. */
  readonly timezone?: string;
  readonly inspection: FileInspection;
  readonly notes: readonly string[];
}

export interface ImportPlan {
  /** Series by name, the parts of each in the order of time. */
  readonly imports: readonly PlannedImport[];
  readonly refused: readonly { readonly file: string; readonly refusal: string }[];
}

/**
 * Says which series each file is a part of: content and name must agree where both say it. One that is not clear is refused, the others
 * go on. A part too short to tell its time zone has that of the longest part of its series that does.
 */
export function planImport(files: readonly LookedAt[], options: PlanOptions = {}): ImportPlan {
  const imports: PlannedImport[] = [];
  const refused: { file: string; refusal: string }[] = [];
  for (const looked of files) {
    if ('refusal' in looked) {
      refused.push(looked);
      continue;
    }
    const { file, inspection } = looked;
    const symbol = options.symbol ?? agreed('symbol', inspection, isSameSymbol);
    const timeframe = options.timeframe ?? agreed('timeframe', inspection, (a, b) => a === b);
    if (typeof symbol === 'object') refused.push({ file, ...symbol });
    else if (typeof timeframe === 'object') refused.push({ file, ...timeframe });
    else {
      const { told, named } = inspection;
      const isByName = options.symbol === undefined && told.symbol === undefined && named.note !== undefined;
      const notes = isByName ? [named.note] : [];
      imports.push({ file, symbol: symbol.toUpperCase(), timeframe, inspection, notes });
    }
  }
  return { imports: inOrder(options.timezone === undefined ? withZones(imports) : imports), refused };
}

interface Refusal {
  readonly refusal: string;
}

function agreed<What extends 'symbol' | 'timeframe'>(
  what: What,
  { told, named, oddSpacing }: FileInspection,
  isSame: (told: string, named: string) => boolean,
): NonNullable<SeriesNameDto[What]> | Refusal {
  const byContent = told[what];
  const byName = named[what];
  if (byContent !== undefined && byName !== undefined && !isSame(byContent, byName)) {
    return {
      refusal: `Its name says ${what} ${byName}, its content ${byContent}. Rename it, or import it alone and say which ${what} it is.`,
    };
  }
  return (
    byContent ??
    byName ?? {
      refusal:
        what === 'timeframe' && oddSpacing !== undefined
          ? oddSpacing
          : `Neither its content nor its name says which ${what} it holds. Import it alone and say it.`,
    }
  );
}

/** `EURUSD.M` in the rows is the EURUSD of the name. */
function isSameSymbol(told: string, named: string): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return plain(told).includes(plain(named)) || plain(named).includes(plain(told));
}

function seriesOf({ symbol, timeframe }: PlannedImport): string {
  return `${symbol} ${timeframe}`;
}

function withZones(imports: readonly PlannedImport[]): PlannedImport[] {
  const zones = new Map<string, PlannedImport>();
  for (const part of imports) {
    if (part.inspection.timezone.source !== 'inferred') continue;
    const known = zones.get(seriesOf(part));
    if (known === undefined || known.inspection.bars < part.inspection.bars) zones.set(seriesOf(part), part);
  }
  return imports.map((part) => {
    const teller = zones.get(seriesOf(part));
    if (teller === undefined || part.inspection.timezone.source !== 'default') return part;
    const { name } = teller.inspection.timezone;
    const note = `It does not tell its time zone: ${name} was taken, which is that of ${basename(teller.file)}.`;
    return { ...part, timezone: name, notes: [...part.notes, note] };
  });
}

function inOrder(imports: readonly PlannedImport[]): PlannedImport[] {
  const keyOf = ({ inspection, file }: PlannedImport) => [inspection.first, inspection.last, file].join(' ');
  return imports.toSorted((a, b) =>
    seriesOf(a) === seriesOf(b) ? compare(keyOf(a), keyOf(b)) : compare(seriesOf(a), seriesOf(b)),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
