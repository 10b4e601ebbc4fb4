import type { Verdict } from '../../engine/contract/verdict.ts';
import { Badge, type Tone } from './status-badge.tsx';

/** Never by the sign of a Sharpe ratio: only what chose nothing makes a figure green or red. */
const TONES: Readonly<Record<Verdict, Tone>> = {
  strong: 'gain',
  suggestive: 'accent',
  none: 'neutral',
  'too little data': 'neutral',
  contradicted: 'loss',
};

const TITLES: Readonly<Record<Verdict, string>> = {
  strong: 'Strong',
  suggestive: 'Suggestive',
  none: 'No evidence',
  'too little data': 'Too little data',
  contradicted: 'Contradicted',
};

export const verdictTitle = (verdict: Verdict): string => TITLES[verdict];

interface VerdictBadgeProps {
  readonly verdict: Verdict;
  /** The sentences that explain it. */
  readonly reason: string;
}

/** What the evidence says of a champion: word and color, so that neither is needed alone. */
export function VerdictBadge({ verdict, reason }: VerdictBadgeProps) {
  return (
    <span title={reason} data-verdict={verdict}>
      <Badge tone={TONES[verdict]}>{TITLES[verdict]}</Badge>
    </span>
  );
}
