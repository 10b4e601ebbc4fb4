import type {
  GridPreviewDto,
  QueueDto,
  QueueSummaryDto,
  RecoveryDto,
  VacancyDto,
} from '../../../engine/contract/dto/index.ts';
import { championsText } from './champions.ts';
import { bytes, count, duration, integer, minute, percent, table } from './format.ts';

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
  return [...lines, ...preview.notes.map((note) => `note: ${note}`)].join('\n');
}

export function summaryText(summary: QueueSummaryDto, vacancies: readonly VacancyDto[]): string {
  const { completed, failed, kept, deleted, alreadyTrained, strategiesTested, seconds } = summary;
  const trained = completed + failed;
  const lines = [
    `${summary.name}: ${count(completed, 'configuration')} trained in ${duration(seconds)}` +
      `${trained > 0 && seconds > 0 ? ` (${(trained / seconds).toFixed(1)} per second)` : ''}, ` +
      `${failed} failed, ${integer(alreadyTrained)} already trained before; ${count(strategiesTested, 'backtest')}.`,
    `Models kept: ${integer(kept)}, deleted: ${integer(deleted)}.`,
  ];
  for (const failure of summary.failures) lines.push(`failed: ${failure.configuration}: ${failure.error}`);
  return [...lines, '', championsText(summary.champions, vacancies)].join('\n');
}

export function queueLine(queue: QueueDto): string {
  const message = queue.message === null ? '' : ` (${queue.message})`;
  return `Queue ${queue.id} "${queue.name}" is ${queue.state}, ${percent(queue.progress, 0)} done${message}.`;
}

export function queuesText(queues: readonly QueueDto[]): string {
  if (queues.length === 0) return 'No queues yet. `regimen train GRID.yaml` makes and trains one.';
  const rows = queues.map((q) => [
    integer(q.id),
    q.name,
    q.state,
    percent(q.progress, 0),
    integer(q.totalConfigs),
    integer(q.skipped),
    integer(q.completed),
    integer(q.failed),
    integer(q.pending),
    integer(q.kept),
    integer(q.priority),
    minute(q.createdAt),
    q.message ?? '',
  ]);
  const head = [
    'ID',
    'Name',
    'State',
    'Done',
    'Total',
    'Skipped',
    'Completed',
    'Failed',
    'Pending',
    'Kept',
    'Priority',
  ];
  const numbers = head.filter((h) => h !== 'Name' && h !== 'State');
  return table([...head, 'Created (UTC)', 'Message'], rows, numbers);
}

export function recoveriesText(recoveries: readonly RecoveryDto[]): string {
  if (recoveries.length === 0) return 'No queue was stopped by a crash.';
  return recoveries
    .map(
      (r) =>
        `Queue ${r.queueId} "${r.name}": ${percent(r.progress, 0)} done, ${count(r.remaining, 'configuration')} remaining. ${r.recommendation}.`,
    )
    .join('\n');
}
