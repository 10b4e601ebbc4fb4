import { OWN_BYTES, PARTITION_BYTES } from '../kernel/kernel.ts';
import { createReferenceKernel } from '../kernel/reference.ts';
import { RowValues } from '../row-values.ts';

/** What a workspace has of so many rows, without their features. */
export function sampledRows(rowCount: number, kernel = createReferenceKernel()) {
  let end = OWN_BYTES;
  const place = (bytes: number): number => {
    const at = end;
    end += (bytes + 63) & ~63;
    return at;
  };
  const places = {
    rowsAt: place(4 * rowCount),
    othersAt: place(4 * rowCount),
    scratchAt: place(PARTITION_BYTES + 4 * rowCount),
    pairsAt: place(8 * rowCount),
    valuesAt: place(RowValues.bytes(rowCount)),
  };
  const memory = kernel.reserve(end);
  const { u32, i32 } = memory;
  return {
    rowCount,
    rows: u32.subarray(places.rowsAt >> 2, (places.rowsAt >> 2) + rowCount),
    others: u32.subarray(places.othersAt >> 2, (places.othersAt >> 2) + rowCount),
    pairs: i32.subarray(places.pairsAt >> 2, (places.pairsAt >> 2) + 2 * rowCount),
    values: new RowValues(kernel, memory, places, rowCount),
  };
}
