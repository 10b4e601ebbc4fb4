import type { AlertsDto, AlertTargetDto } from '../../../engine/contract/dto/index.ts';
import { minute, table } from './format.ts';

export function alertsText({ targets, unsent, hosts }: AlertsDto): string {
  if (targets.length === 0) {
    return 'Nobody is told of anything yet: `regimen alert add phone --kind webhook --preset ntfy --url https://ntfy.sh --to TOPIC`.';
  }
  const lines = [table(['Name', 'To', 'Markets', 'Events', 'Details', 'Waiting'], targets.map(rowOf))];
  if (unsent.length > 0) {
    const rows = unsent.map(({ target, title, at, attempts, nextAt, error }) => [
      target,
      title,
      minute(at),
      String(attempts),
      nextAt === null ? 'given up' : minute(nextAt),
      error ?? '–',
    ]);
    lines.push(
      '',
      'Not sent:',
      table(['Target', 'Alert', 'Since (UTC)', 'Tries', 'Next (UTC)', 'Why'], rows),
    );
  }
  return [...lines, `Webhooks may go to ${hosts.join(', ') || 'no host'} (live.alert_hosts).`].join('\n');
}

function rowOf({ name, kind, to, preset, markets, events, details, waiting }: AlertTargetDto): string[] {
  return [
    name,
    kind === 'webhook' ? `${preset} at ${to}` : kind === 'file' ? to! : 'this desktop',
    markets.join(', ') || 'all',
    events.join(', ') || 'all',
    details ? 'told' : 'not told',
    String(waiting),
  ];
}

export const addedText = ({ name }: AlertTargetDto) =>
  `"${name}" is told from now on. \`regimen alert test "${name}"\` sends a message that says so.`;
