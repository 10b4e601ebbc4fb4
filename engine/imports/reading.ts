import type { ImportResult } from '../market/importing/import.ts';
import type { ImportWish } from './importer.ts';

const GIVEN = [
  'timezone',
  'priceScale',
  'spreadUnit',
  'dateOrder',
  'stamp',
  'separator',
  'decimal',
  'columns',
  'weekend',
] as const;

/** What of an import says how its file is read: it is used again when the file has grown. */
export type Reading = Partial<Pick<ImportWish, (typeof GIVEN)[number]>>;

/**
 * What was given, with the zone and the unit of spreads that the import has found: a file that grows may come to tell them less clearly. What
 * a format or its stamps say needs no keeping.
 */
export function readingOf(
  given: Reading,
  { timezone, spreadUnit }: Pick<ImportResult, 'timezone' | 'spreadUnit'>,
): Reading {
  const kept = Object.fromEntries(
    GIVEN.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])),
  );
  const isSaid = timezone.source === 'format' || timezone.source === 'stamp';
  return {
    ...kept,
    ...(isSaid ? {} : { timezone: timezone.name }),
    ...(spreadUnit === undefined ? {} : { spreadUnit }),
  };
}
