import type { TrackingDto } from '../../../engine/contract/dto/index.ts';
import { NOT_TRACKED, waitingText } from '../../../engine/contract/tracking-text.ts';

/** A line each. */
export function trackingText(tracking: TrackingDto): string {
  const { uri, experiment, state, waiting, refused, lastSentAt, problem } = tracking;
  if (uri === null) return NOT_TRACKED;
  return [
    `MLflow      ${uri}, experiment "${experiment}"`,
    `Sent last   ${lastSentAt === null ? 'never' : `${lastSentAt.slice(0, 19).replace('T', ' ')} UTC`}`,
    `Waits       ${waitingText(waiting) ?? 'nothing'}`,
    ...(problem === null ? [] : [`Problem     ${problem}`]),
    ...(state === 'elsewhere' ? ['Sent by     another Regimen process that is open on this workspace'] : []),
    ...refused.map(({ key, refusal }) => `Not taken   ${key}: ${refusal}`),
  ].join('\n');
}
