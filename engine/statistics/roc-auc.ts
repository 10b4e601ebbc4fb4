import { averageRanks } from './ranks.ts';

/**
 * Area under the receiver operating characteristic: chance that a case of class 1 has the higher score than one of class
 * 0, ties counting half; 0.5 says nothing. `scores` and `actual` classes (0 or 1) have equal length. Null with one class only.
 * (sum of the mid-ranks of class 1 - n1 (n1 + 1) / 2) / (n1 n0). Source: Hanley and McNeil, Radiology 143 (1982).
 */
export function rocAuc(scores: Float64Array, actual: Uint8Array): number | null {
  const ranks = averageRanks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < actual.length; i++) {
    if (actual[i] !== 1) continue;
    positives++;
    rankSum += ranks[i]!;
  }
  const negatives = actual.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
