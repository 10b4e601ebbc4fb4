import { texts } from './texts.ts';
/** Where windows are fractions of a history. */
export const SPLIT_PATH = 'evaluation.split';

const PARTS = ['training', 'tuning', 'test'] as const;

/** `none`, or `0.6, 0.2, 0.2`. */
export function splitText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'none';
  return PARTS.map((part) => (value as Readonly<Record<string, unknown>>)[part]).join(', ');
}

/** What was typed: `none`, three fractions, or one, a train ratio that the configuration reads itself. */
export function readSplit(text: string): { readonly value: unknown } | { readonly problem: string } {
  if (text.trim().toLowerCase() === 'none') return { value: 'none' };
  const parts = text
    .trim()
    .split(/[\s,;/]+/)
    .map((part) => (part === '' ? Number.NaN : Number(part)));
  const [first] = parts;
  if (parts.length === 1 && Number.isFinite(first)) return { value: first };
  if (parts.length !== PARTS.length || !parts.every(Number.isFinite)) {
    return { problem: texts.pleaseUseNone };
  }
  return { value: Object.fromEntries(PARTS.map((part, k) => [part, parts[k]])) };
}
