import type { Definition } from './glossary.ts';

/** What tells a winner from luck: part of the glossary. */
export const EVIDENCE_GLOSSARY = {
  luck: {
    title: 'Luck',
    kind: 'tenths',
    text: 'Sharpe ratio that the best of everything ever tried in this regime reaches in one of 20 cases although nothing has an edge: the signs of all strategies’ days are drawn anew 500 times, and this is the 95 % quantile of the maxima. A champion below it may be just that.',
  },
  familyWiseP: {
    title: 'p',
    kind: 'fine',
    text: 'Chance that the best of everything ever tried in this regime, in whatever window, is at least as good as this champion although nothing has an edge. It changes whenever more is tried there. Below 0.05 is above luck.',
  },
  marketP: {
    title: 'p of the market',
    kind: 'fine',
    text: 'The same for everything tried in this market: in any regime, and over all bars.',
  },
  deflatedSharpe: {
    title: 'Deflated Sharpe',
    kind: 'ratio',
    text: 'Chance that the true Sharpe ratio exceeds what the best of so many tries is expected to reach without an edge (Bailey and López de Prado, 2014). Tries that trade alike count as the effective number.',
  },
  overfitting: {
    title: 'PBO',
    kind: 'ratio',
    text: 'Probability of backtest overfitting: how often the best in one half of the window is no better than the median in the other (Bailey et al., 2016). About 1/2 without any edge, and by chance anywhere from 0.2 to 0.8: it tells whether choosing matters, not whether an edge exists.',
  },
  trackRecord: {
    title: 'Track record',
    kind: 'count',
    text: 'Bars that it takes to be 95 % sure that the true Sharpe ratio is above 0, if this one is right and nothing had been chosen (Bailey and López de Prado, 2012), and how many bars the selection window has.',
  },
  tries: {
    title: 'Tries',
    kind: 'count',
    text: 'Strategies that were tried in this regime and selection window; those of a model that trade alike count once. Beside them how many independent ones they amount to.',
  },
  outOfSample: {
    title: 'Out of sample',
    kind: 'ratio',
    text: 'Sharpe ratio of the counted folds of its validation as one curve: trained again before each, traded on bars that chose nothing. A dash where it is not validated.',
  },
  stitchedT: {
    title: 't',
    kind: 'ratio',
    text: 'Mean of the net day sums of the stitched curve divided by its error, which is the larger of plain and long-run. At or below −1.645 the claim is contradicted.',
  },
  adjustedP: {
    title: 'p, adjusted',
    kind: 'fine',
    text: 'Chance of as much out of sample without any edge, adjusted for everything that was validated in this market (step-down maxima of the coins of its days, after Romano and Wolf 2005). Below 0.05 is suggestive, below 0.01 may be strong.',
  },
  heldReturn: {
    title: 'Held instead',
    kind: 'percent',
    text: 'Return of holding the market through the same test windows, in at the first bar of each and out at its last, without costs. Staying flat has 0 %.',
  },
  profitableFolds: {
    title: 'Profitable folds',
    kind: 'percent',
    text: 'Share of the counted folds that earned something after costs.',
  },
  walkForwardEfficiency: {
    title: 'Walk-forward efficiency',
    kind: 'percent',
    text: 'Profit a year out of sample as a share of that on the selection window which chose the champion. Folds keep no in-sample profit of their own: a model never trades bars that it learned from. It is no criterion: a large share of nothing is nothing.',
  },
} as const satisfies Readonly<Record<string, Definition>>;
