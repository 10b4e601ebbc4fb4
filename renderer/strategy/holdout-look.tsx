import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { HoldoutLookDto } from '../../engine/contract/dto/index.ts';
import { call } from '../state/index.ts';
import { attempt, ConfirmButton, formatDay, formatTime, wholeDates } from '../ui/index.ts';
import classes from './strategy.module.css';
import { texts } from './texts.ts';

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
  const span =
    from === null
      ? texts.upTo({ to: formatDay(to) })
      : texts.fromToTo({ from: formatDay(from), to: formatDay(to) });
  if (opened !== null) {
    return (
      <p className={classes.look}>
        <IconEye size={16} aria-hidden />
        <span>{wholeDates(texts.holdoutOf({ market, span, at: formatTime(opened.at), by: opened.by }))}</span>
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
      <span>{wholeDates(texts.holdoutOfIsHiddenUntilYou({ market, span }))}</span>
      <ConfirmButton
        size="xs"
        loading={busy}
        question={texts.openHoldoutOf({ market })}
        consequence={texts.allFigures({ span, market })}
        confirm={texts.openHoldout}
        keep={texts.keepItHidden}
        onConfirm={() => void open()}
      >
        {texts.openHoldout}
      </ConfirmButton>
    </div>
  );
}
