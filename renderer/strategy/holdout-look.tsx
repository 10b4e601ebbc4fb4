import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { HoldoutLookDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, ConfirmButton, formatDay, formatTime } from '../ui/index.ts';
import classes from './strategy.module.css';

interface HoldoutLookProps {
  readonly look: HoldoutLookDto;
  /** `EURUSD H1`. */
  readonly market: string;
  /** Whose holdout it is: a champion by its name, or a run. */
  readonly of: { readonly champion: string } | { readonly run: string };
}

/** Since when a holdout is open; while it is hidden, why, and the button that spends the one look at it. */
export function HoldoutLook({ look: { from, to, opened }, market, of }: HoldoutLookProps) {
  const [busy, setBusy] = useState(false);
  const span = from === null ? `up to ${formatDay(to)}` : `${formatDay(from)} to ${formatDay(to)}`;
  if (opened !== null) {
    return (
      <p className={classes.look}>
        <IconEye size={16} aria-hidden />
        <span>
          Holdout of {market}, {span}: opened {formatTime(opened.at)} ({opened.by}).
        </span>
      </p>
    );
  }
  const open = async () => {
    setBusy(true);
    await attempt(() => call('champions.open', of));
    setBusy(false);
  };
  return (
    <div className={classes.look} role="note">
      <IconEyeOff size={16} aria-hidden />
      <span>
        The holdout of {market} ({span}) is hidden until you spend the one look at it: once seen, it tests
        nothing any more.
      </span>
      <ConfirmButton
        size="xs"
        loading={busy}
        question={`Open the holdout of ${market}?`}
        consequence={`All figures, trades and curves of ${span} are shown from then on, of every run of ${market}. It can’t be taken back: whatever you train or choose afterwards, you choose with these days in mind, and only newer bars test it. The look is written down.`}
        confirm="Open the holdout"
        keep="Keep it hidden"
        onConfirm={() => void open()}
      >
        Open the holdout
      </ConfirmButton>
    </div>
  );
}
