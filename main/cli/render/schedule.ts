import type { ScheduleDto, TrainingSummaryDto } from '../../../engine/contract/dto/index.ts';
import { minute } from './format.ts';

/** `2026-11-29 02:00 UTC, here 03:00`: in the schedule's own zone where it has another. */
export function timeLine(iso: string, zone: string): string {
  const utc = `${minute(iso)} UTC`;
  if (zone === 'UTC') return utc;
  const own = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(iso));
  return `${own} in ${zone} (${utc})`;
}

export function nextText(next: readonly string[], zone: string): string {
  return next.map((time) => `  ${timeLine(time, zone)}`).join('\n');
}

export function scheduleText({
  name,
  enabled,
  cron,
  zone,
  sentence,
  title,
  asked,
  next,
  missed,
  runs,
}: ScheduleDto): string {
  const options = Object.entries(asked)
    .filter(
      ([key, value]) => !PLACE.has(key) && value !== false && (key !== 'trials' || asked.optimize === true),
    )
    .map(([key, value]) => (value === true ? optionName(key) : `${optionName(key)} ${String(value)}`));
  const lines = [
    `Schedule ${name} is ${enabled ? 'on' : `off: \`schedule on ${name}\` switches it on`}.`,
    `  ${sentence}: ${cron}`,
    `  ${title}: ${asked.symbol === undefined ? 'each as it is' : options.join(' ')}`,
  ];
  if (missed !== null) {
    lines.push(
      `  ${timeLine(missed, zone)} was missed: it is made up for as soon as a window or server is open, or by \`schedule run ${name} --due\`.`,
    );
  }
  lines.push('Next:', nextText(next, zone));
  if (runs.length > 0) lines.push('Last:', ...runs.map((run) => `  ${runLine(run)}`));
  return lines.join('\n');
}

/** `skipValidation` as it is typed. */
const optionName = (key: string) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const PLACE = new Set(['symbol', 'timeframe', 'regime']);

/** `2026-11-29 02:00 UTC  completed  EURUSD H1: 20261129_020311 promoted`. */
function runLine({ createdAt, state, names, error, waitingFor }: TrainingSummaryDto): string {
  const results = names.flatMap(({ result }) => result ?? []);
  const came = results.map(({ name, version, status }) =>
    [`${name}:`, version, status].filter((part) => part !== null).join(' '),
  );
  const why = error ?? waitingFor;
  return [
    `${minute(createdAt)} UTC`,
    state,
    ...(came.length > 0 ? [came.join('; ')] : why === null ? [] : [why]),
  ].join('  ');
}

export function schedulesText(schedules: readonly ScheduleDto[]): string {
  return schedules
    .map(
      ({ name, enabled, sentence, title, next, zone }) =>
        `${name}  ${enabled ? 'on' : 'off'}  ${title}: ${sentence[0]!.toLowerCase()}${sentence.slice(1)}${enabled && next[0] !== undefined ? `; next ${timeLine(next[0], zone)}` : ''}`,
    )
    .join('\n');
}
