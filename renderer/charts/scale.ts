/** Maps `[low, high]` onto pixels `[start, end]`; a range of no height is drawn in the middle. */
export function linearScale(
  low: number,
  high: number,
  start: number,
  end: number,
): (value: number) => number {
  if (high === low) return () => (start + end) / 2;
  return (value) => start + ((value - low) / (high - low)) * (end - start);
}

/**
 * Ticks of a value axis: multiples of 1, 2 or 5 times a power of ten that enclose all finite values, about `count` steps
 * apart. The first and the last are the axis' ends.
 */
export function valueTicks(values: Iterable<number>, count: number): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Figures that differ by less than this look equal; steps that small would drown in rounding.
  const span = Math.max(high - low, size * 1e-6, 1e-9);
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = power * ([1, 2, 5].find((factor) => power * factor * count >= span) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Digits after the point that tell neighboring ticks apart. */
export function tickDigits(ticks: readonly number[]): number {
  const [first, second] = ticks;
  if (first === undefined || second === undefined) return 2;
  const step = Math.abs(second - first);
  for (let digits = 0; digits < 8; digits++) {
    if (Math.abs(Math.round(step * 10 ** digits) / 10 ** digits - step) < step / 1000) return digits;
  }
  return 8;
}
