/** Bytes of scratch that streams of so many nodes take, and most that they are long. */
export const streamScratch = (nodes: number): number => 8 * nodes + 24;
export const mostStreamBytes = (nodes: number): number => 13 * nodes + 8;

/** Streams of an ensemble's nodes as a model file has them. As in `Kernel`, arguments that name data are byte addresses. */
export interface StreamKernel {
  /**
   * Of `count` nodes, tree by tree and breadth first: each one's feature + 1 (0: a leaf), then of those that split the number of the cut,
   * all in groups of 7 bits, lowest first (LEB128), and the missing side, a bit each; then of the leaves their values (float32): all
   * lowest bytes, then all second ones, and so on. Returns the number of bytes. `scratch` takes `streamScratch`, `out` `mostStreamBytes`,
   * of which not all need to be written.
   */
  nodeStreams(
    feature: number,
    cut: number,
    missingLeft: number,
    value: number,
    count: number,
    scratch: number,
    out: number,
  ): number;

  /**
   * Of the leaves among `count` nodes their covers (float32), after a byte that says how: 1 where all are whole numbers below 2^53, in
   * groups of 7 bits, or 0, as leaf values are. Returns the number of bytes. Otherwise as `nodeStreams`.
   */
  coverStream(feature: number, cover: number, count: number, scratch: number, out: number): number;
}
