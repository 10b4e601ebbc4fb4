/** The largest double that is below a float32 number once it is rounded to float32 itself. */
export function largestBelow(cut: number): number {
  const below = floatBelow(cut);
  // Exact: it has one bit more than a float32.
  const middle = below + (cut - below) / 2;
  return Math.fround(middle) < cut ? middle : doubleBelow(middle);
}

/** The bits of floating point numbers above 0 are in their order, those below 0 in the reverse one. */
function floatBelow(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  if (value === 0) view.setUint32(0, 0x8000_0001);
  else view.setInt32(0, view.getInt32(0) + (value > 0 ? -1 : 1));
  return view.getFloat32(0);
}

function doubleBelow(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  if (value === 0) view.setBigUint64(0, 0x8000_0000_0000_0001n);
  else view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
