/** Says whether something may happen once more: at most `most` times within `withinMs`. */
export function createBound(most: number, withinMs: number, now: () => number): () => boolean {
  let times: number[] = [];
  return () => {
    const present = now();
    times = times.filter((time) => present - time < withinMs);
    if (times.length >= most) return false;
    times.push(present);
    return true;
  };
}
