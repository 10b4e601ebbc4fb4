/** One value of an axis, or a range of them, with what was trained there. */
export interface AxisLevelDto {
  /** As it is written; of a range `0.01 to 0.1`. */
  readonly label: string;
  /** The condition that the history, or the trials of the search, are filtered with to see it; null where that can't be asked for. */
  readonly filter: string | null;
  readonly rows: number;
  readonly median: number;
  /** The highest; the lowest where lower is better. */
  readonly best: number;
}

export interface AxisScoreDto {
  /** Of an axis of a configuration its key, else the name of a hyper-parameter. */
  readonly key: string;
  readonly title: string;
  /** Its levels have an order. */
  readonly isNumber: boolean;
  /** In order; at least two. */
  readonly levels: readonly AxisLevelDto[];
  /** Share of the variance of scores that its levels explain, 0..1; null where that can't be told. */
  readonly explained: number | null;
}

export interface AxisCellDto {
  /** Places among the levels of the two axes. */
  readonly x: number;
  readonly y: number;
  readonly rows: number;
  readonly median: number;
  readonly best: number;
}

/** Two axes together. */
export interface AxisMapDto {
  readonly x: string;
  readonly y: string;
  /** Those with a score. */
  readonly cells: readonly AxisCellDto[];
  /** As of an axis, of the cells as levels. */
  readonly explained: number | null;
  /**
   * The cell with the best median, and the median of the medians beside it: one step away along one axis, any other value where that has
   * no order. A plateau has neighbors that
   * are nearly as good; where they are not, the cell is a peak, as noise has.
   */
  readonly peak: { readonly x: number; readonly y: number; readonly around: number | null };
}

/** A run or trial on its way through the axes. */
export interface AxisLineDto {
  /** Number of a run or trial. */
  readonly id: number;
  readonly label: string;
  /** The condition that leaves it alone in its table. */
  readonly filter: string;
  readonly score: number;
  /** Place among the levels of each axis, in the order of the axes; null where it does not have it. */
  readonly levels: readonly (number | null)[];
}

/** What was trained, by what it was trained with. */
export interface AxisScoresDto {
  readonly source: 'runs' | 'trials';
  /** Of runs a figure of their best strategy over all bars of the selection window, of trials the objective of their search. */
  readonly score: string;
  readonly lowerIsBetter: boolean;
  /** Runs or trials with a score, and those without. */
  readonly rows: number;
  readonly unscored: number;
  /** Axes that tell them apart, the one that explains most first. */
  readonly axes: readonly AxisScoreDto[];
  /** Null where fewer than two axes do. */
  readonly map: AxisMapDto | null;
  /** At most 400, the best among them, best first. */
  readonly lines: readonly AxisLineDto[];
}
