export { titleOf } from '../state/title-of.ts';
export { formatClock, formatDay, formatMinute, formatTime, wallTime, zoneLabel } from './time.ts';

/** Figures as text. A missing one is a dash, whatever it measures. */
export const DASH = '–';

const MINUS = '−';

/** By number of decimals: to make one takes far longer than to use it, and tables show hundreds of figures. */
const FORMATS = new Map<number, Intl.NumberFormat>();

function formatOf(digits: number): Intl.NumberFormat {
  let format = FORMATS.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    FORMATS.set(digits, format);
  }
  return format;
}

function fixed(value: number, digits: number): string {
  const text = formatOf(digits).format(Math.abs(value));
  const isZero = !/[1-9]/.test(text);
  return value < 0 && !isZero ? `${MINUS}${text}` : text;
}

type Figure = number | null | undefined;

const isMissing = (value: Figure): value is null | undefined =>
  value === null || value === undefined || Number.isNaN(value);

/** 1.2345 -> `1.23`; with thousands separators. */
export function formatNumber(value: Figure, digits = 2): string {
  if (isMissing(value)) return DASH;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  return fixed(value, digits);
}

/** With as many digits as tell it apart, and no zeros behind them: 0.012345 -> `0.0123`. */
export function formatShort(value: Figure, digits = 4): string {
  if (isMissing(value) || !Number.isFinite(value)) return formatNumber(value);
  const text = new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits }).format(Math.abs(value));
  return value < 0 ? `${MINUS}${text}` : text;
}

/** A figure with its standard error, as far as one is known: `4.0 ± 2.0`. */
export function formatWithError(value: Figure, error: Figure): string {
  const figure = formatNumber(value, 1);
  return isMissing(value) || isMissing(error) ? figure : `${figure} ± ${formatNumber(error, 1)}`;
}

/** 1234.4 -> `1,234`. */
export function formatCount(value: Figure): string {
  return formatNumber(value, 0);
}

/** A fraction: 0.1234 -> `12.3 %`. */
export function formatPercent(value: Figure, digits = 1): string {
  return isMissing(value) ? DASH : `${formatNumber(value * 100, digits)} %`;
}

/** Shares of work done never read 100 % before they are: 0.9996 -> `99.9 %`. */
export function formatProgress(share: Figure): string {
  if (isMissing(share)) return DASH;
  const tenths = share >= 1 ? 1000 : Math.min(999, Math.round(share * 1000));
  return `${tenths % 10 === 0 ? tenths / 10 : formatNumber(tenths / 10, 1)} %`;
}

const BYTE_UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 1_234_567 -> `1.2 MB`. */
export function formatBytes(value: Figure): string {
  if (isMissing(value)) return DASH;
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 999.5 && unit < BYTE_UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || Math.abs(size) >= 99.95 ? 0 : 1;
  return `${formatNumber(size, digits)} ${BYTE_UNITS[unit]}`;
}

/** Seconds: 42 -> `42 s`, 754 -> `12 min 34 s`, 7_500 -> `2 h 05 min`, 200_000 -> `2 d 7 h`. */
export function formatDuration(seconds: Figure): string {
  if (isMissing(seconds) || !Number.isFinite(seconds)) return DASH;
  if (seconds > 0 && seconds < 1) return '< 1 s';
  const s = Math.round(Math.max(0, seconds));
  if (s < 60) return `${s} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** `1 model`, `2 models`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
