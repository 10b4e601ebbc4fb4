// Rows that all trees pass over together: see forward.as.

/**
 * Bytes of a vector: of 128 rows, a bit each. Bit g of byte j stands for row 16 g + j: so eight of them are transposed byte by byte
 * (numbers.as), and rows that follow each other are marked in bytes of their own (split.as).
 */
export const VECTOR: usize = 16;
/** Bytes from one mask to the next: four vectors, of which a narrow block uses the first. */
export const MASK_BYTES: usize = 64;

/** Vectors of a block's masks: `W` is u8 for one, u32 for four. */
@inline
export function width<W>(): usize {
  return sizeof<W>();
}

/** Writes a vector to each of those of a mask. */
@inline
export function fillMask<W>(mask: usize, value: v128): void {
  v128.store(mask, value);
  if (width<W>() == 4) {
    v128.store(mask, value, VECTOR);
    v128.store(mask, value, 2 * VECTOR);
    v128.store(mask, value, 3 * VECTOR);
  }
}
