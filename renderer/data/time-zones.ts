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

const SOURCES: Readonly<Record<string, string>> = {
  format: 'the format says so',
  stamp: 'written in the file',
  given: 'chosen by you',
  inferred: 'told from its weekends',
  default: 'assumed; the file does not say',
};

/** Who says that a file's stamps are in a zone. */
export function zoneSourceText(source: string): string {
  return SOURCES[source] ?? source;
}
