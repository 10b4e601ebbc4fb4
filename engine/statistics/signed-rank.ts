/**
 * Wilcoxon's signed-rank test that paired differences tend to be above 0: the exact probability, given their sizes, that random signs
 * give as large a sum of positive ranks. Ties share their mean rank; a difference of 0 counts half on either side (`zsplit`). 1 for none.
 * Source: Wilcoxon 1945; Pratt 1959 for zeros that keep their ranks.
 */
export function signedRankP(differences: readonly number[]): number {
  const n = differences.length;
  if (n === 0) return 1;
  const sorted = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  // In quarters, so that mean ranks and their halves are whole.
  const ranks: number[] = [];
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && Math.abs(sorted[end]!) === Math.abs(sorted[i]!)) end++;
    for (let k = i; k < end; k++) ranks.push(2 * (i + 1 + end));
    i = end;
  }
  const signed = ranks.filter((_, i) => sorted[i] !== 0);
  const positive = ranks.reduce((sum, rank, i) => sum + (sorted[i]! > 0 ? rank : 0), 0);
  const total = signed.reduce((sum, rank) => sum + rank, 0);
  /** Probability of each sum of the ranks that are drawn positive. */
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reach = 0;
  for (const rank of signed) {
    reach += rank;
    for (let sum = reach; sum >= 0; sum--) {
      probability[sum] = 0.5 * (probability[sum]! + (sum >= rank ? probability[sum - rank]! : 0));
    }
  }
  let p = 0;
  for (let sum = total; sum >= positive; sum--) p += probability[sum]!;
  return Math.min(1, p);
}
