/** What the evidence for a model or a procedure says: the first that applies, in this order. */
export const VERDICTS = ['too little data', 'contradicted', 'strong', 'suggestive', 'none'] as const;
export type Verdict = (typeof VERDICTS)[number];
