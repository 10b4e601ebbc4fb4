import type { ErrorDto, Remedy } from '../../engine/contract/errors.ts';

type Hint = (details: ErrorDto['details']) => string;

/** How an import says what a market costs. */
export const COSTS_BY_IMPORT =
  'An import stores it with --spread "12 price", --spread "0.02 %" or --spread 12 --spread-unit price; --commission "0.05 %" is of each side.';

/** How the command line does what a message of the engine asks for. */
const HINTS: Readonly<Record<Remedy, Hint>> = {
  'ask-gate': () => 'regimen production validate SYMBOL TIMEFRAME [--regime R] [--version V]',
  'import-candles': () =>
    'regimen market import FILE or FOLDER, with --symbol and --timeframe where names do not say them',
  overwrite: () => 'add --overwrite',
  'pause-queue': ({ queueId }) =>
    `regimen jobs pause ${queueId}, or put a new job behind it: regimen train GRID.yaml --enqueue`,
  'register-version': () =>
    'regimen production register CHAMPION or RUN, or regimen production train SYMBOL TIMEFRAME',
  'replace-series': () => 'add --replace to drop what is stored, or --symbol NAME, or --price-scale NUMBER',
  'restore-results': () => 'regimen recovery restore, or regimen recovery decline to go on without them',
  retrain: () => 'add --retrain',
  'set-costs': () => COSTS_BY_IMPORT,
  'skip-impossible': () => 'add --skip-impossible',
  'train-for-production': () => 'regimen production train SYMBOL TIMEFRAME',
  'set-date-order': () => 'add --date-order dmy, mdy or ymd',
  'set-spread-unit': () => 'add --spread-unit points, pips or price',
  'set-time-zone': () => 'add --timezone ZONE, such as America/New_York or +02:00',
};

/** How-to lines for an error, each remedy once; none where the message says it all. */
export function hintsFor({ details }: ErrorDto): string[] {
  const remedies = [details.remedy, ...(details.problems ?? []).map((problem) => problem.remedy)];
  return [...new Set(remedies.filter((remedy) => remedy !== undefined))].map((remedy) =>
    HINTS[remedy](details),
  );
}

/** How the notes on a file that was read are acted upon. */
export const READ_OTHERWISE =
  'To read the file otherwise: --timezone ZONE, such as America/New_York or +02:00; --date-order, --stamp, --spread-unit, --decimal, --separator, --columns; --weekend for stubs of days; --price-scale when importing.';
