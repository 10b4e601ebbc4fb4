/**
 * Net returns of one simulation, summed by pieces of its window. The loop that computes the metrics adds each held bar as it
 * comes to it; a flat bar returns nothing.
 */
export class NetSums {
  /** Sum of the squared net log returns. */
  squares = 0;
  readonly pieces: Float64Array;
  readonly #pieceOf: Uint16Array;

  /** @param pieceOf per lane, the piece that it belongs to: 0 to `pieces` - 1 */
  constructor(pieceOf: Uint16Array, pieces: number) {
    this.#pieceOf = pieceOf;
    this.pieces = new Float64Array(pieces);
  }

  clear(): void {
    this.squares = 0;
    this.pieces.fill(0);
  }

  /** @param net log return of a held bar, all costs that fall on it included */
  add(lane: number, net: number): void {
    this.pieces[this.#pieceOf[lane]] += net;
    this.squares += net * net;
  }
}
