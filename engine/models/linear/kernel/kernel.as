// Sums and products of the columns of a block of rows: AssemblyScript, compiled to WebAssembly with SIMD (kernel.test.ts).
// ../block-moments.ts has the same in plain TypeScript, and says what it is; both give the same bits.

/** Products of a column with eight others, next to each other: eight sums that do not wait for each other. */
const AT_ONCE: usize = 8;

export function blockMoments(
  columns: usize,
  stride: usize,
  centers: usize,
  columnCount: usize,
  rows: usize,
  shifted: usize,
  out: usize,
): void {
  const rowBytes = columnCount << 3;
  const end = shifted + rows * rowBytes;
  for (let j: usize = 0; j < rowBytes; j += 8, columns += stride, out += 8) {
    const center = load<f64>(centers + j);
    let sum: f64 = 0;
    for (let p = shifted + j, value = columns; p < end; p += rowBytes, value += 8) {
      const u = load<f64>(value) - center;
      store<f64>(p, u);
      sum += u;
    }
    store<f64>(out, sum);
  }
  for (let i: usize = 0; i < rowBytes; i += 8) {
    // What is read and written behind the last column belongs to others, and is written over by theirs.
    let to = out;
    for (let j = i; j < rowBytes; j += AT_ONCE << 3, to += AT_ONCE << 3) {
      let a = f64x2.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let p = shifted; p < end; p += rowBytes) {
        const value = v128.load64_splat(p + i);
        a = f64x2.add(a, f64x2.mul(value, v128.load(p + j)));
        b = f64x2.add(b, f64x2.mul(value, v128.load(p + j, 16)));
        c = f64x2.add(c, f64x2.mul(value, v128.load(p + j, 32)));
        d = f64x2.add(d, f64x2.mul(value, v128.load(p + j, 48)));
      }
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
    out += rowBytes - i;
  }
}
