// What a round does with a grown tree: see rounds.ts. Sums are taken row by row, in their order.

import { partition } from './partition';

export function leafSums(
  feature: usize,
  from: usize,
  to: usize,
  nodeCount: usize,
  rows: usize,
  gradients: usize,
  hessians: usize,
  sums: usize,
): void {
  for (let node: usize = 0; node < nodeCount << 2; node += 4) {
    if (load<i32>(feature + node) >= 0) continue;
    const end = rows + (<usize>load<u32>(to + node) << 2);
    let gradient: f64 = 0;
    let hessian: f64 = 0;
    let p = rows + (<usize>load<u32>(from + node) << 2);
    if (hessians == 0) {
      for (; p < end; p += 4) gradient += load<f64>(gradients + (<usize>load<u32>(p) << 3));
    } else {
      for (; p < end; p += 4) {
        const at = <usize>load<u32>(p) << 3;
        gradient += load<f64>(gradients + at);
        hessian += load<f64>(hessians + at);
      }
    }
    store<f64>(sums + (node << 2), gradient);
    store<f64>(sums + (node << 2), hessian, 8);
  }
}

export function addLeaves(
  feature: usize,
  from: usize,
  to: usize,
  nodeCount: usize,
  rows: usize,
  values: usize,
  scores: usize,
): void {
  for (let node: usize = 0; node < nodeCount << 2; node += 4) {
    if (load<i32>(feature + node) >= 0) continue;
    const value = load<f64>(values + (node << 1));
    const end = rows + (<usize>load<u32>(to + node) << 2);
    for (let p = rows + (<usize>load<u32>(from + node) << 2); p < end; p += 4) {
      const at = scores + (<usize>load<u32>(p) << 3);
      store<f64>(at, load<f64>(at) + value);
    }
  }
}

export function routeRows(
  feature: usize,
  bin: usize,
  missingLeft: usize,
  left: usize,
  nodeCount: usize,
  columns: usize,
  stride: usize,
  rows: usize,
  count: usize,
  from: usize,
  to: usize,
  scratch: usize,
): void {
  store<u32>(from, 0);
  store<u32>(to, <u32>count);
  for (let node: usize = 0; node < nodeCount; node++) {
    const at = node << 2;
    const own = load<i32>(feature + at);
    if (own < 0) continue;
    const first = load<u32>(from + at);
    const end = load<u32>(to + at);
    const middle =
      first +
      <u32>partition(
        columns + <usize>own * stride,
        rows + (<usize>first << 2),
        <usize>(end - first),
        load<u32>(bin + at),
        <u32>load<u8>(missingLeft + node),
        scratch,
      );
    const child = <usize>load<u32>(left + at) << 2;
    store<u32>(from + child, first);
    store<u32>(to + child, middle);
    store<u32>(from + child, middle, 4);
    store<u32>(to + child, end, 4);
  }
}

export function bootstrap(
  draws: usize,
  labels: usize,
  count: usize,
  base: f64,
  scale: f64,
  gradients: usize,
  rows: usize,
  others: usize,
): usize {
  const bases = f64x2.splat(base);
  const scales = f64x2.splat(scale);
  const even = (count & ~1) << 3;
  let p: usize = 0;
  for (; p < even; p += 16) {
    const spread = f64x2.mul(v128.load(draws + p), f64x2.sub(bases, v128.load(labels + p)));
    v128.store(gradients + p, f64x2.div(spread, scales));
  }
  if (count & 1) store<f64>(gradients + p, (load<f64>(draws + p) * (base - load<f64>(labels + p))) / scale);
  let drawn = rows;
  for (let row: usize = 0; row < count; row++) {
    // A branch here would be foreseen two times of three.
    store<u32>(drawn, <u32>row);
    store<u32>(others, <u32>row);
    const taken = <usize>(load<f64>(draws + (row << 3)) > 0) << 2;
    drawn += taken;
    others += 4 - taken;
  }
  return (drawn - rows) >> 2;
}
