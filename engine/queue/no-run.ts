/** What is told of a cell that is done and is no run: a trial, a fold, a model of what survives. */
export const NO_RUN = {
  kept: false,
  crowned: false,
  improves: [],
  pushedOut: [],
  strategiesTested: 0,
  metrics: {},
  decisions: [],
} as const;
