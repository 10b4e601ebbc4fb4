/** A stretch of bars (or pixel columns) with one label: from inclusive, to exclusive. */
export interface Episode {
  readonly label: number;
  readonly from: number;
  readonly to: number;
}

/** Uninterrupted stretches of equal labels, in order. */
export function episodesOf(labels: readonly number[]): Episode[] {
  const episodes: Episode[] = [];
  let from = 0;
  for (let i = 1; i <= labels.length; i++) {
    if (i < labels.length && labels[i] === labels[from]) continue;
    episodes.push({ label: labels[from]!, from, to: i });
    from = i;
  }
  return episodes;
}

/** The most frequent label of each of `columns` equal parts; of equally frequent ones the lowest. */
export function columnLabels(labels: readonly number[], columns: number): number[] {
  if (labels.length <= columns) return [...labels];
  const counts = new Uint32Array(Math.max(...labels) + 1);
  return Array.from({ length: columns }, (_, column) => {
    const start = Math.floor((column * labels.length) / columns);
    const end = Math.floor(((column + 1) * labels.length) / columns);
    counts.fill(0);
    for (let i = start; i < end; i++) counts[labels[i]!]!++;
    return counts.indexOf(Math.max(...counts));
  });
}

/**
 * SVG path of the background of each label: one rectangle per episode, none narrower than a pixel column, so that a
 * long history costs no more than a wide screen. Element i belongs to label i; empty where a label never comes up.
 */
export function bandPaths(
  labels: readonly number[],
  labelCount: number,
  width: number,
  height: number,
): string[] {
  const paths = Array.from({ length: labelCount }, () => '');
  const columns = columnLabels(labels, Math.max(1, Math.floor(width)));
  const step = width / columns.length;
  for (const { label, from, to } of episodesOf(columns)) {
    paths[label] += `M${round(from * step)} 0H${round(to * step)}V${height}H${round(from * step)}Z`;
  }
  return paths;
}

const round = (x: number) => Math.round(x * 100) / 100;
