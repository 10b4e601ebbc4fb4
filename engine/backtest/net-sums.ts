/**
 * Net returns of one simulation, summed by pieces of its window. The loop that computes the metrics adds each held bar as it
 * comes to it; a flat bar returns nothing. `sumPieces` of kernel.as adds up the same in the same order.
 */
export class NetSums {
  /** Sums of the second, third and fourth powers of the net log returns. */
  squares = 0;
  cubes = 0;
  fourths = 0;
  /** Sum of the net log returns of each piece, and of their squares. */
  readonly pieces: Float64Array;
  readonly pieceSquares: Float64Array;
  /** Per lane, the piece that it belongs to. */
  readonly pieceOf: Uint16Array;

  /** @param pieceOf per lane, the piece that it belongs to: 0 to `pieces` - 1 */
  constructor(pieceOf: Uint16Array, pieces: number) {
    this.pieceOf = pieceOf;
    this.pieces = new Float64Array(pieces);
    this.pieceSquares = new Float64Array(pieces);
  }

  clear(): void {
    this.squares = 0;
    this.cubes = 0;
    this.fourths = 0;
    this.pieces.fill(0);
    this.pieceSquares.fill(0);
  }

  /** @param net log return of a held bar, all costs that fall on it included */
  add(lane: number, net: number): void {
    const piece = this.pieceOf[lane];
    const square = net * net;
    this.pieces[piece] += net;
    this.pieceSquares[piece] += square;
    this.squares += square;
    this.cubes += square * net;
    this.fourths += square * square;
  }
}
