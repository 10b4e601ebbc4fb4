import type { PlannedValidationDto, ValidationPreviewDto } from '../../../engine/contract/dto/index.ts';
import { SCHEME_PURPOSE } from '../../../engine/contract/validation.ts';
import { bytes, count, duration, integer } from './format.ts';

const MOST_LISTED = 12;

/** What a validation is for and what it would compute, before it starts. */
export function planText({
  scheme,
  validations,
  toTrain,
  estimate,
  notes,
  next,
}: ValidationPreviewDto): string {
  const lines = [SCHEME_PURPOSE[scheme], ...validations.slice(0, MOST_LISTED).map(planLine)];
  const more = validations.length - MOST_LISTED;
  if (more > 0) lines.push(`and ${integer(more)} more`);
  const { seconds, bytes: size } = estimate;
  const models = `${count(toTrain, 'model')} to train`;
  if (toTrain === 0) lines.push('Nothing to train: all folds were computed before.');
  else if (seconds === null || size === null)
    lines.push(`${models}; no estimate of time yet: no such fold was computed in this workspace.`);
  else
    lines.push(
      `${models}: about ${duration(seconds)} and ${bytes(size)}, measured on folds of this workspace`,
    );
  if (next !== null) {
    const folds = next.validations.reduce((sum, plan) => sum + plan.folds.length, 0);
    lines.push(`If it goes on: full, ${count(folds, 'fold')}${costText(next)}`);
  }
  return [...lines, ...notes.map((note) => `note: ${note}`)].join('\n');
}

function costText({ estimate: { seconds, bytes: size } }: ValidationPreviewDto): string {
  return seconds === null || size === null ? '' : `, about ${duration(seconds)} and ${bytes(size)}`;
}

const day = (iso: string) => iso.slice(0, 10);

function planLine(plan: PlannedValidationDto): string {
  const { symbol, timeframe, champion, folds, testPeriodDays, trainDays, expandingWindow, title } = plan;
  const rolling = folds.filter(({ kind }) => kind === 'rolling');
  const aging = folds.length - rolling.length;
  const [first, last] = [rolling[0], rolling.at(-1)];
  const dates = first && last ? `, tests from ${day(first.test.from)} to ${day(last.test.to)}` : '';
  const training = expandingWindow ? `all data, at first ${trainDays} days` : `${trainDays} days`;
  return (
    `${champion ?? `${symbol} ${timeframe}`}: ${count(rolling.length, 'fold')} of ${testPeriodDays} days${aging > 0 ? ` and ${aging} to see it age` : ''}` +
    `${dates}, trained on ${training}; ${title}`
  );
}
