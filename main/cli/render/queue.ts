import type { GridPreviewDto, QueueSummaryDto } from '../../../engine/contract/dto/index.ts';
import { championsText } from './champions.ts';
import { bytes, count, duration, integer } from './format.ts';

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

export function summaryText(summary: QueueSummaryDto): string {
  const { completed, failed, kept, deleted, alreadyTrained, strategiesTested, seconds } = summary;
  const trained = completed + failed;
  const lines = [
    `${summary.name}: ${count(completed, 'configuration')} trained in ${duration(seconds)}` +
      `${trained > 0 && seconds > 0 ? ` (${(trained / seconds).toFixed(1)} per second)` : ''}, ` +
      `${failed} failed, ${integer(alreadyTrained)} already trained before; ${count(strategiesTested, 'backtest')}.`,
    `Models kept: ${integer(kept)}, deleted: ${integer(deleted)}.`,
  ];
  for (const failure of summary.failures) lines.push(`failed: ${failure.configuration}: ${failure.error}`);
  return [...lines, '', championsText(summary.champions)].join('\n');
}
