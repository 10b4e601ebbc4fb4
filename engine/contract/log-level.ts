/** Weights of log lines, lightest first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** A level in any case, `WARNING` included, as other systems write it; undefined if it is none. */
export function readLogLevel(text: string): LogLevel | undefined {
  const name = text.toLowerCase();
  return LOG_LEVELS.find((level) => level === (name === 'warning' ? 'warn' : name));
}

/** Whether a line of a level is shown where the least weight is `least`. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
