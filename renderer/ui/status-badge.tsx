import type { QueueState } from '../../engine/contract/dto/index.ts';
import { titleOf } from './format.ts';
import classes from './ui.module.css';

export type Tone = 'gain' | 'loss' | 'running' | 'warning' | 'accent' | 'neutral';

const TONES: Readonly<Record<QueueState, Tone>> = {
  pending: 'neutral',
  running: 'running',
  pausing: 'running',
  paused: 'warning',
  awaiting_confirmation: 'warning',
  cancelling: 'warning',
  completed: 'gain',
  cancelled: 'neutral',
  failed: 'loss',
  crashed: 'loss',
};

/** State of a queue or a run: color and word, so that neither is needed alone. */
export function StatusBadge({ status }: { readonly status: QueueState }) {
  return <Badge tone={TONES[status]}>{titleOf(status)}</Badge>;
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: React.ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
