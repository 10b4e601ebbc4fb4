import { GLOSSARY, type Term } from './glossary.ts';

/** Heads that are a figure of the glossary. */
const TERMS: Readonly<Record<string, Term>> = {
  Return: 'totalReturn',
  Sharpe: 'sharpe',
  'Best Sharpe': 'bestSharpe',
  Trades: 'trades',
  'Max drawdown': 'maxDrawdown',
  'Profit factor': 'profitFactor',
  'Win rate': 'winRate',
  'Out of sample': 'outOfSample',
  RMSE: 'rmse',
  'R²': 'r2',
  Crowned: 'crowned',
  'Pushed out since': 'pushedOut',
  'Kept now': 'kept',
  Equity: 'equity',
  Drawdown: 'drawdown',
  'Sharpe ratio': 'sharpe',
};

/** Figures that stand in one table or two, in a sentence each. */
const WORDS: Readonly<Record<string, string>> = {
  // Classes, out of sample
  Rows: 'Bars with a known outcome that the figures beside it are of.',
  'Class 1': 'Share of the rows whose outcome is the one that is forecast: up, or the take-profit first.',
  Accuracy: 'Share of forecasts that came true; in brackets what always naming the commoner class reaches.',
  Balanced: 'Mean share of each class that was recognized: 0.5 is a coin, however rare a class is.',
  'Balanced acc.': 'Mean share of each class that was recognized: 0.5 is a coin, however rare a class is.',
  'ROC AUC':
    'Chance that a bar whose outcome came has the higher forecast than one whose did not: 0.5 is a coin, 1 is perfect.',
  'Validation AUC':
    'ROC AUC on the folds inside the training window: 0.5 is a coin, 1 is perfect. The selection window had no part in it.',
  Precision: 'Share of the bars forecast as class 1 that were: compare it with the share of class 1.',
  Recall: 'Share of the bars of class 1 that were forecast as such.',
  F1: 'Harmonic mean of precision and recall, 0 to 1.',
  'Log loss':
    'Mean surprise at the outcomes; in brackets that of always saying the base rate. Lower is better.',
  Brier:
    'Mean squared error of the probabilities; in brackets that of always saying the base rate. Lower is better.',
  Spearman: 'Rank correlation of forecasts and outcomes, out of sample: 0 is chance, 0.05 is already useful.',
  'Hit rate TP1': 'Share of trades that reached their first take-profit before their stop.',
  // Survival
  'A constant': 'The same figure of a forecast that always says the base rate: what has to be beaten.',
  It: 'The figure of this model, on rows that came after those it learned from.',
  Picks: 'Contenders that this way of choosing took.',
  'Made money': 'Share of them that made money after costs in the window that followed.',
  'Flat stake': 'Mean net result with the same stake on each.',
  'Half Kelly': 'Mean net result with half the stake that Kelly’s formula gives each.',
  'Mean stake': 'Mean share of the capital that was put at risk.',
  Growth: 'What the capital grew by, compounded, over all of its picks.',
  // Criteria
  Asked: 'What the criterion asks for.',
  Found: 'What was measured, with its error where one is known.',
  'Base rate': 'What chance, or the market held throughout, would have reached.',
  Distance: 'What was found less what was asked: below 0 it is missed by so much.',
  'Folds with a champion': 'Folds in which some model won the regime, of all that were tested.',
  // Portfolio
  Mean: 'Mean of the net positions in the currency over all bars: above 0 it was held more than owed.',
  'Mean size': 'Mean of the size of the net positions in the currency, whichever way.',
  Most: 'Largest net position in the currency at any bar.',
  'Buy and hold': 'What the market itself did over the same days, without costs.',
  Days: 'Days of history that it learned from, or was followed over.',
  // Jobs
  Progress: 'Share of the work that is done.',
  Current: 'Which configuration, fold or trial it is at, of how many.',
  'Best score, long': 'Best value of its objective among models that forecast rises.',
  'Best score, short': 'Best value of its objective among models that forecast falls.',
  'Mean ROC AUC': 'Mean ROC AUC of its models on left-out parts: 0.5 is a coin, 1 is perfect.',
  Deleted: 'Model files that went because nothing they did was the best of its regime.',
  Failed: 'Configurations that could not be trained; each says why.',
  Elapsed: 'Time that it has worked, pauses left out.',
  Remaining: 'Time that the rest will take, by what was measured here so far.',
  Memory: 'Most memory that its process had in use.',
  'On disk': 'What its results take up now.',
  Done: 'What it finished, of all that it had to do.',
  Kept: 'Models that became champions and keep their file.',
  Took: 'From its first start to its end.',
  // Series, runs, versions
  Bars: 'Candles in this stretch.',
  'A round trip costs': 'Spread, slippage and commission of buying and selling once, without swaps.',
  Quality: 'Gaps, spikes, doubled and damaged bars that were found; press it for where they are.',
  Horizon: 'Bars that it forecasts ahead, and holds a trade at most.',
  Trials: 'Settings of hyper-parameters that were tried, of all that will be.',
  Versions: 'Versions of this name that were ever made.',
  Gate: 'Whether it passed the comparison with the version in charge, on the same later bars.',
  Expires: 'From then on it is too old to be trusted, and is to be trained again.',
  Verdict: 'What the evidence says of it: strong, suggestive, none, or not tested yet.',
  Verdicts: 'Champions by what the evidence says of each.',
  // Regimes
  'Bars now': 'Bars that the regime has under the rules that count today.',
  Then: 'Bars that it would have under the changed rules.',
  'Its rules hold': 'Bars on which its rules hold, whether or not a regime before it takes them.',
  'Taken by those before it':
    'Bars on which its rules hold, too, and that go to a regime higher in the list.',
  // Charts
  Sum: 'Sum of the net results of these trades, after costs, in percent of the price at their entry.',
  'Summed net': 'Net log returns after costs, added up from the first day on.',
  Close: 'Price at the end of each bar, in the second currency of the pair.',
  Balance: 'What the account has after each trade, all costs paid.',
  // Side by side
  'Prediction method':
    'How a forecast over the horizon is made: in one step, by a model for each step, or step by step.',
  'Ensemble method': 'How the forecasts of its members become one.',
  'Confidence threshold': 'Forecasts whose confidence is below it are not traded.',
  'Lookback window': 'Bars that weights of members and percentiles of forecasts look back over.',
  Status: 'Whether its training was completed, or failed with an error.',
  'Training time': 'Time that its training and all of its strategies took.',
  'Model file': 'What its file takes up on disk, while it is kept.',
  Created: 'When its training ended.',
  'Sharpe per regime':
    'Sharpe ratio of the best strategy among those that traded in the regime, chosen with hindsight.',
  'Sharpe ratio out of sample': 'Sharpe ratio on folds that chose nothing: the figure to believe.',
  p: 'Chance that the best of everything tried in the market is as good without any edge.',
  // Paper and account
  Net: 'Net result after costs, of the price at the entry.',
  Later: 'How long after the paper trade the account’s began.',
  'In worse by': 'How much worse the account’s entry price was than the paper’s.',
  'Out worse by': 'How much worse the account’s exit price was than the paper’s.',
  'Paper net': 'Net result of the paper trade, costs of the configuration taken off.',
  'Account net': 'Net result of the account’s trade, as its statement has it.',
  'Paper cost': 'Spread, slippage, commission and swap that the paper trade was charged.',
  'Account charges': 'Commission, swap and fees of the account’s trade.',
  'In a position': 'Share of bars with an open position.',
};

/** What a head means in a sentence; undefined where it is a plain word. */
export function headText(head: string): string | undefined {
  const term = TERMS[head];
  return term === undefined ? WORDS[head] : GLOSSARY[term].text;
}

/** The same of an axis of a chart, behind whose name its unit stands: `Drawdown, %`. */
export const axisSentence = (axis: string): string | undefined => headText(axis.split(', ')[0]!);

/** For the test that holds them to be sentences. */
export const HEAD_SENTENCES: Readonly<Record<string, string>> = WORDS;
