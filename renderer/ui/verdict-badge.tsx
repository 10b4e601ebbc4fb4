import { type Verdict, verdictText } from '../../engine/contract/verdict.ts';
import { Badge, type Tone } from './status-badge.tsx';

/** Never by the sign of a Sharpe ratio: only what chose nothing makes a figure green or red. */
const TONES: Readonly<Record<Verdict, Tone>> = {
  strong: 'gain',
  suggestive: 'accent',
  none: 'neutral',
  'too little data': 'neutral',
  contradicted: 'loss',
};

export function verdictTitle(verdict: Verdict): string {
  const text = verdictText(verdict);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface VerdictBadgeProps {
  readonly verdict: Verdict;
  /** The sentences that explain it. */
  readonly reason: string;
}

/** What the evidence says of a champion: word and color, so that neither is needed alone. */
export function VerdictBadge({ verdict, reason }: VerdictBadgeProps) {
  return (
    <span title={reason} data-verdict={verdict}>
      <Badge tone={TONES[verdict]}>{verdictTitle(verdict)}</Badge>
    </span>
  );
}
