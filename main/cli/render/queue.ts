import { adviceOfJob } from '../../../engine/contract/advice.ts';
import { baseRateOf, shareOfClass } from '../../../engine/contract/class-share.ts';
import type {
  GridPreviewDto,
  LostResultsDto,
  QueueState,
  QueueSummaryDto,
  RecoveryDto,
  RestoredResultsDto,
  VacancyDto,
} from '../../../engine/contract/dto/index.ts';
import { adviceText } from './advice.ts';
import { championsText } from './champions.ts';
import { bytes, count, duration, integer, percent } from './format.ts';

export function previewText(preview: GridPreviewDto): string {
  const lines = [preview.formula, `${integer(preview.backtests)} backtests`];
  for (const { reason, count: n } of preview.outdated) {
    lines.push(`${count(n, 'configuration')} trained before, but ${reason}: will be trained again`);
  }
  const { seconds, bytes: size, measuredRuns } = preview.estimate;
  if (preview.toTrain > 0) {
    lines.push(
      seconds === null || size === null
        ? 'No estimate of time and disk yet: this workspace has no trained run to measure by.'
        : `About ${duration(seconds)} and at most ${bytes(size)}, measured on ${count(measuredRuns, 'run')} of this workspace`,
    );
  }
  return [...lines, ...classLines(preview), ...preview.notes.map((note) => `note: ${note}`)].join('\n');
}

/** A grid of many markets says the rest in its JSON. */
const MOST_CLASS_LINES = 12;

function classLines({ classes: { told, untold, uncounted } }: GridPreviewDto): string[] {
  const shown = told.slice(0, MOST_CLASS_LINES);
  const rest = told.length - shown.length + untold;
  return [
    ...shown.map(
      (share) =>
        `${shareOfClass(share)}; always saying the same is right in ${percent(baseRateOf(share), 0)}`,
    ),
    ...(rest === 0
      ? []
      : [`and ${integer(rest)} more models of classes (--json has up to ${told.length} of them)`]),
    ...(uncounted === 0
      ? []
      : [
          `${count(uncounted, 'more market with its target and horizon', 'more markets with their targets and horizons')} would take long to count: training does it.`,
        ]),
  ];
}

export function summaryText(summary: QueueSummaryDto, vacancies: readonly VacancyDto[]): string {
  const { completed, failed, alreadyTrained, impossible, strategiesTested, seconds } = summary;
  const { crowned, pushedOut, kept, deleted } = summary;
  const trained = completed + failed;
  const isEvaluation = summary.kind === 'evaluation';
  const [done, before] = isEvaluation
    ? [`${count(completed, 'model')} evaluated again`, 'with nothing left to evaluate']
    : [`${count(completed, 'configuration')} trained`, 'already trained before'];
  const lines = [
    `${summary.name}: ${done} in ${duration(seconds)}` +
      `${trained > 0 && seconds > 0 ? ` (${(trained / seconds).toFixed(1)} per second)` : ''}, ` +
      `${failed} failed, ${integer(alreadyTrained)} ${before}` +
      `${impossible === 0 ? '' : `, ${integer(impossible)} impossible`}; ${count(strategiesTested, 'backtest')}.`,
    `Models: ${integer(crowned)} crowned champion, ${integer(pushedOut)} of them pushed out since; ` +
      `${integer(kept)} kept now, ${integer(deleted)} deleted.`,
  ];
  for (const failure of summary.failures) lines.push(`failed: ${failure.configuration}: ${failure.error}`);
  const advice = adviceText(
    adviceOfJob({ ...summary, state: summary.state as QueueState, message: null, pending: 0 }),
  );
  return [...lines, ...(advice === '' ? [] : [advice]), '', championsText(summary.champions, vacancies)].join(
    '\n',
  );
}

export function recoveriesText(recoveries: readonly RecoveryDto[]): string {
  if (recoveries.length === 0) return 'No job was stopped by a crash.';
  return recoveries
    .map(
      (r) =>
        `Job ${r.queueId} "${r.name}": ${percent(r.progress, 0)} done, ${count(r.remaining, 'configuration')} remaining. ` +
        `${r.resumed ? 'It goes on already' : r.recommendation}.`,
    )
    .join('\n');
}

/** What was brought back, and what that lacks. */
export function restoredText(restored: readonly RestoredResultsDto[]): string {
  return [lostText(restored, 'brought back'), ...restored.flatMap(({ note }) => note ?? [])].join('\n');
}

/** `what` became of them. */
export function lostText(lost: readonly LostResultsDto[], what: string): string {
  if (lost.length === 0) return 'The database has every result that checkpoints hold.';
  return lost
    .map(
      (l) =>
        `Job ${l.queueId} "${l.name}": ${l.missing} of the ${count(l.results, 'result')} in ${l.checkpoint} ${what}.`,
    )
    .join('\n');
}
