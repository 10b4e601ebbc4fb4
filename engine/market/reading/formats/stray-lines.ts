import { counted } from '../../../contract/counted.ts';
import type { BarCollector } from './bar-collector.ts';

/** A line that is no row of data. */
interface Stray {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** More lines than this behind the last row are no footer. */
const LONGEST_FOOTER = 20;

/**
 * Lines of a table that are none of its rows: the header once more, where exports were put together; comments; and what stands below the last
 * row. What is none of these is a bad row.
 */
export class StrayLines {
  /** Headers in the middle of the file. */
  headers = 0;
  comments = 0;
  /** Rows with a stamp and no price at all: nothing was traded. */
  empty = 0;
  private readonly collector: BarCollector;
  private readonly before = new Set<string>();
  /** Lines since the last row that could be its footer. */
  private pending: Stray[] = [];

  constructor(collector: BarCollector) {
    this.collector = collector;
  }

  /** A line above the first row. */
  above(text: string): void {
    if (text.trim() !== '' && this.before.size < 100) this.before.add(text.trim());
  }

  /** A line that could not be read as a row. */
  take(line: number, text: string, reason: string): void {
    const trimmed = text.trim();
    if (this.before.has(trimmed)) this.headers++;
    else if (/^(#(?!#)|\/\/|%)/.test(trimmed)) this.comments++;
    else if (/^["'(*\-=_–—]*\p{L}[\p{L} ]/u.test(trimmed) || /^[-=_*]{3,}$/.test(trimmed))
      this.wait({ line, text, reason });
    else {
      this.settle();
      this.collector.reject(line, text, reason);
    }
  }

  /** A row has come: what stands before it is no footer. */
  settle(): void {
    if (this.pending.length === 0) return;
    for (const { line, text, reason } of this.pending) this.collector.reject(line, text, reason);
    this.pending = [];
  }

  /** Lines below the last row; the file has ended. */
  footer(): readonly Stray[] {
    if (this.collector.length === 0) this.settle();
    const { pending } = this;
    this.pending = [];
    return pending;
  }

  private wait(stray: Stray): void {
    this.pending.push(stray);
    if (this.pending.length > LONGEST_FOOTER) this.settle();
  }
}

/** What the user should know of lines that were passed over. */
export function notesOnStrayLines(strays: StrayLines): string[] {
  const notes: string[] = [];
  const { headers, comments, empty } = strays;
  if (headers > 0) {
    notes.push(
      `${counted(headers, 'line')} in the middle ${headers === 1 ? 'repeats' : 'repeat'} the header: the file is several exports put together.`,
    );
  }
  if (comments > 0) notes.push(`${counted(comments, 'comment line')} ${was(comments)} passed over.`);
  if (empty > 0) notes.push(`${counted(empty, 'row')} without any price ${was(empty)} left out.`);
  const footer = strays.footer();
  const [first] = footer;
  if (first !== undefined) {
    const where =
      footer.length === 1
        ? `Line ${first.line} below the rows was`
        : `${footer.length} lines below the rows, from line ${first.line} on, were`;
    notes.push(`${where} passed over: "${first.text.trim().slice(0, 80)}".`);
  }
  return notes;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}
