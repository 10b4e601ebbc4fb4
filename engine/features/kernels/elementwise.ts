// The arrays of one call have equal lengths. Loops keep the length in a variable: read anew in every turn it costs as
// much as the arithmetic until the optimizing compiler has seen the loop.

export function copy(from: Float64Array, out: Float64Array): void {
  out.set(from);
}

export function add(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = a[i] + b[i];
}

export function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0, n = out.length; i < n; i++) out[i] = a[i] - b[i];
}
