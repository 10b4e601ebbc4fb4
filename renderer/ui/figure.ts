import { DASH, formatBytes, formatCount, formatNumber, formatPercent, formatTime } from './format.ts';
import { type FigureKind, GLOSSARY, type Term } from './texts/glossary.ts';

export type FigureValue = number | string | null | undefined;

/** A figure as its kind is written, unit included. */
export function formatFigure(term: Term, value: FigureValue): string {
  if (value === null || value === undefined) return DASH;
  const kind: FigureKind = GLOSSARY[term].kind;
  if (kind === 'time') return formatTime(value);
  if (typeof value === 'string') return value;
  switch (kind) {
    case 'ratio':
      return formatNumber(value, 2);
    case 'tenths':
      return formatNumber(value, 1);
    case 'fine':
      return formatNumber(value, 3);
    case 'tiny':
      return formatNumber(value, 5);
    case 'percent':
      return formatPercent(value, 1);
    case 'percentFine':
      return formatPercent(value, 3);
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return formatCount(value);
    case 'text':
      return String(value);
  }
}
