import { BEST_EVIDENCE_FIRST, type Verdict, verdictText } from '../../engine/contract/verdict.ts';
import { UNCLASSIFIED } from '../../engine/contract/words.ts';

/** Regime colors after Okabe and Ito (2008): told apart with every common color blindness, on light and dark ground. */
const REGIME_COLORS = [
  '#009e73',
  '#d55e00',
  '#b05fc0',
  '#3f9fe0',
  '#c79100',
  '#0072b2',
  '#cc79a7',
  '#7a8f00',
] as const;

const NO_REGIME_COLOR = '#8a8f98';

/** Color of a regime by its place among the active ones; gray for `unclassified` and for what is not among them. */
export function regimeColor(active: readonly string[], regime: string): string {
  const index = active.indexOf(regime);
  return index === -1 || regime === UNCLASSIFIED
    ? NO_REGIME_COLOR
    : REGIME_COLORS[index % REGIME_COLORS.length]!;
}

/** Text inside charts, as SVG attributes. */
export const AXIS_TEXT = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 } as const;

/** A champion's color says what its evidence is; the sign of a figure never does. As its badge has it. */
const VERDICT_COLORS: Readonly<Record<Verdict, string>> = {
  strong: 'var(--gain)',
  suggestive: 'var(--accent)',
  none: 'var(--figure)',
  'too little data': 'var(--figure)',
  contradicted: 'var(--loss)',
};

export function verdictColor(verdict: Verdict): string {
  return VERDICT_COLORS[verdict];
}

/** What the colors of these champions mean, best evidence first; verdicts of one color together. */
export function verdictColors(
  verdicts: Iterable<Verdict>,
): { readonly name: string; readonly color: string }[] {
  const seen = new Set(verdicts);
  const known = BEST_EVIDENCE_FIRST.filter((verdict) => seen.has(verdict));
  return [...Map.groupBy(known, verdictColor)].map(([color, those]) => {
    const name = those.map(verdictText).join(', ');
    return { color, name: name.charAt(0).toUpperCase() + name.slice(1) };
  });
}
