/** How one regime fared on a labeled series. */
export interface RegimeSummary {
  readonly name: string;
  /** Of all bars, 0..1. */
  readonly share: number;
  /** Uninterrupted stretches. */
  readonly episodes: number;
  /** Bars of an episode; 0 without any. */
  readonly meanLength: number;
}

/** Counts the labels of a series, each an index into `names`. */
export function summarizeLabels(labels: Uint8Array, names: readonly string[]): RegimeSummary[] {
  const bars = new Float64Array(names.length);
  const episodes = new Float64Array(names.length);
  for (let i = 0; i < labels.length; i++) {
    bars[labels[i]!]!++;
    if (i === 0 || labels[i] !== labels[i - 1]) episodes[labels[i]!]!++;
  }
  return names.map((name, r) => ({
    name,
    share: labels.length === 0 ? 0 : bars[r]! / labels.length,
    episodes: episodes[r]!,
    meanLength: episodes[r]! === 0 ? 0 : bars[r]! / episodes[r]!,
  }));
}
