/** What the evidence for a model or a procedure says: the first that applies, in this order. */
export const VERDICTS = ['too little data', 'contradicted', 'strong', 'suggestive', 'none'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The best evidence first. */
export const BEST_EVIDENCE_FIRST = [
  'strong',
  'suggestive',
  'none',
  'too little data',
  'contradicted',
] as const satisfies readonly Verdict[];

/** As people read it. */
export function verdictText(verdict: Verdict): string {
  return verdict === 'none' ? 'no evidence' : verdict;
}
