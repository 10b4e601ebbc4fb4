/**
 * What a round of training does with rows outside the growing of its tree. As in `Kernel`, arguments that name data are byte addresses.
 * `rows` are uint32; 0 in their place means rows 0 .. count - 1. Labels, scores, gradients and hessians are float64, one per row. Sums of
 * them are taken in the order of the rows, so that all kernels give the same bytes.
 */
export interface RoundKernel {
  /** gradient = (score - label) * perUnit, of rows 0 .. count - 1. */
  squaredDerivatives(scores: number, labels: number, count: number, perUnit: number, gradients: number): void;

  /**
   * Derivatives of the log loss of rows 0 .. count - 1: with p = 1 / (1 + e^-score), weight * (p - 1 if the label is above 0) and
   * weight * max(p (1 - p), leastHessian). A row weighs `positive` if its label is above 0, else `negative`.
   */
  logisticDerivatives(
    scores: number,
    labels: number,
    count: number,
    negative: number,
    positive: number,
    leastHessian: number,
    gradients: number,
    hessians: number,
  ): void;

  /**
   * Writes to `out` the sum of |gradient| and that of the hessians (0 where `hessians` is 0), both float64. Returns 1 if all hessians are
   * whole numbers.
   */
  absoluteSums(rows: number, count: number, gradients: number, hessians: number, out: number): number;

  /**
   * Writes the pair (hessian, gradient) of each row as 32-bit integers: floor(gradient * perGradient + 1/2), and
   * max(1, floor(hessian / hessianStep + 1/2)), or 1 where `hessians` is 0. `out` takes the sums of gradients and hessians (int32): they
   * stand there as in a pair, hessian first.
   */
  quantize(
    rows: number,
    count: number,
    gradients: number,
    perGradient: number,
    hessians: number,
    hessianStep: number,
    pairs: number,
    out: number,
  ): void;

  /**
   * Writes to `sums` the sums of the gradients and of the hessians (0 where `hessians` is 0) of each leaf's rows, both float64, two by two
   * as nodes follow each other. A tree's nodes say their feature (-1: a leaf), and where their rows begin and end among the listed (int32).
   */
  leafSums(
    feature: number,
    from: number,
    to: number,
    nodeCount: number,
    rows: number,
    gradients: number,
    hessians: number,
    sums: number,
  ): void;

  /** Adds each leaf's value (float64, by node) to the scores of its rows. The tree as for `leafSums`. */
  addLeaves(
    feature: number,
    from: number,
    to: number,
    nodeCount: number,
    rows: number,
    values: number,
    scores: number,
  ): void;

  /**
   * Parts `count` listed rows by a tree, as `partition` does for each of its inner nodes, and writes where every node's begin and end
   * (`from` and `to`, int32). Nodes say their feature (-1: a leaf), bin and left child, which the right one follows (int32), and whether
   * missing values go left (a byte). `scratch` as for `partition`.
   */
  routeRows(
    feature: number,
    bin: number,
    missingLeft: number,
    left: number,
    nodeCount: number,
    columns: number,
    stride: number,
    rows: number,
    count: number,
    from: number,
    to: number,
    scratch: number,
  ): void;

  /**
   * What a bootstrap makes of rows 0 .. count - 1, drawn so many times (float64): gradient = draws * (base - label) / scale, and the lists
   * of those that were drawn and of the others, both ascending, with something behind them. Returns how many were drawn.
   */
  bootstrap(
    draws: number,
    labels: number,
    count: number,
    base: number,
    scale: number,
    gradients: number,
    rows: number,
    others: number,
  ): number;

  /**
   * One stretch of a sample without replacement (Knuth, TAOCP 3.4.2, algorithm S): decides on the `drawCount` rows from `from` on, by a
   * draw of [0, 1) each (float64), where `needed` are still to be taken out of the rows up to `total`. Writes those taken (and something
   * behind them) to `out`, and returns their number.
   */
  sampleRows(
    draws: number,
    drawCount: number,
    from: number,
    total: number,
    needed: number,
    out: number,
  ): number;

  /**
   * One stretch of one-side sampling (Ke et al. 2017, algorithm 2), from `row` on, until the draws are used up or `rowCount` is reached;
   * returns the next row. Rows with |gradient * hessian| of `threshold` or more are taken; each other uses a draw, and if taken, has its
   * gradient and hessian multiplied by `weight`. `state` holds three uint32, which are brought up to date: rows taken so far, at whose end in
   * `rows` those taken are written, and of the rows below the threshold how many are left, and how many of these are still needed.
   */
  oneSide(
    row: number,
    rowCount: number,
    draws: number,
    drawCount: number,
    threshold: number,
    weight: number,
    gradients: number,
    hessians: number,
    rows: number,
    state: number,
  ): number;

  /** |gradient * hessian| of rows 0 .. count - 1, as float64. */
  magnitudes(gradients: number, hessians: number, count: number, out: number): void;

  /** The k-th largest of float64 values (k = 1: the largest), which it reorders (Hoare's selection). */
  kthLargest(values: number, count: number, k: number): number;

  /** How many float64 values are below a limit. */
  countBelow(values: number, count: number, limit: number): number;

  /**
   * Writes the rows of 0 .. rowCount - 1 that are not listed to `others`, ascending, and something behind them. `scratch` takes a byte per
   * row.
   */
  outside(rows: number, count: number, rowCount: number, scratch: number, others: number): void;
}
