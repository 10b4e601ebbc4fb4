import { texts } from './texts.ts';
/** Zones that brokers and vendors write files in, then every zone the browser knows. */
export const TIME_ZONES: readonly string[] = [
  ...new Set([
    'UTC',
    'NY+7',
    'America/New_York',
    'Europe/Helsinki',
    'Europe/London',
    'EET',
    '-05:00',
    '+01:00',
    '+02:00',
    '+03:00',
    ...Intl.supportedValuesOf('timeZone'),
  ]),
];

const SOURCES: Readonly<Record<string, string>> = texts.sources;

/** Who says that a file's stamps are in a zone. */
export function zoneSourceText(source: string): string {
  return SOURCES[source] ?? source;
}
