import { common } from './common.ts';
import { GLOSSARY, type Term } from './glossary.ts';

/** Heads that are a figure of the glossary. */
const TERMS: Readonly<Record<string, Term>> = {
  [common.returnWord]: 'totalReturn',
  [common.sharpe]: 'sharpe',
  [common.bestSharpe]: 'bestSharpe',
  [common.trades]: 'trades',
  [common.maxDrawdown]: 'maxDrawdown',
  [common.profitFactor]: 'profitFactor',
  [common.winRate]: 'winRate',
  [common.outOfSample]: 'outOfSample',
  [common.rmse]: 'rmse',
  [common.r2]: 'r2',
  [common.crowned]: 'crowned',
  [common.pushedOutSince]: 'pushedOut',
  [common.keptNow]: 'kept',
  [common.equity]: 'equity',
  [common.drawdown]: 'drawdown',
  [common.sharpeRatio]: 'sharpe',
};

/** Figures that stand in one table or two, in a sentence each. */
const WORDS: Readonly<Record<string, string>> = {
  // Classes, out of sample
  [common.rows]: 'Bars with a known outcome that the figures beside it are of.',
  [common.class1]:
    'Share of the rows whose outcome is the one that is forecast: up, or the take-profit first.',
  [common.accuracy]:
    'Share of forecasts that came true; in brackets what always naming the commoner class reaches.',
  [common.balanced]: 'Mean share of each class that was recognized: 0.5 is a coin, however rare a class is.',
  [common.balancedAcc]:
    'Mean share of each class that was recognized: 0.5 is a coin, however rare a class is.',
  [common.rocAuc]:
    'Chance that a bar whose outcome came has the higher forecast than one whose did not: 0.5 is a coin, 1 is perfect.',
  [common.validationAuc]:
    'ROC AUC on the folds inside the training window: 0.5 is a coin, 1 is perfect. The selection window had no part in it.',
  [common.precision]:
    'Share of the bars forecast as class 1 that were: compare it with the share of class 1.',
  [common.recall]: 'Share of the bars of class 1 that were forecast as such.',
  [common.f1]: 'Harmonic mean of precision and recall, 0 to 1.',
  [common.logLoss]:
    'Mean surprise at the outcomes; in brackets that of always saying the base rate. Lower is better.',
  [common.brier]:
    'Mean squared error of the probabilities; in brackets that of always saying the base rate. Lower is better.',
  [common.spearman]:
    'Rank correlation of forecasts and outcomes, out of sample: 0 is chance, 0.05 is already useful.',
  [common.hitRateTp1]: 'Share of trades that reached their first take-profit before their stop.',
  // Survival
  [common.constant]: 'The same figure of a forecast that always says the base rate: what has to be beaten.',
  [common.it]: 'The figure of this model, on rows that came after those it learned from.',
  [common.picks]: 'Contenders that this way of choosing took.',
  [common.madeMoney]: 'Share of them that made money after costs in the window that followed.',
  [common.flatStake]: 'Mean net result with the same stake on each.',
  [common.halfKelly]: 'Mean net result with half the stake that Kelly’s formula gives each.',
  [common.meanStake]: 'Mean share of the capital that was put at risk.',
  [common.growth]: 'What the capital grew by, compounded, over all of its picks.',
  // Criteria
  [common.asked]: 'What the criterion asks for.',
  [common.found]: 'What was measured, with its error where one is known.',
  [common.baseRate]: 'What chance, or the market held throughout, would have reached.',
  [common.distance]: 'What was found less what was asked: below 0 it is missed by so much.',
  [common.foldsWithChampion]: 'Folds in which some model won the regime, of all that were tested.',
  // Portfolio
  [common.mean]:
    'Mean of the net positions in the currency over all bars: above 0 it was held more than owed.',
  [common.meanSize]: 'Mean of the size of the net positions in the currency, whichever way.',
  [common.most]: 'Largest net position in the currency at any bar.',
  [common.buyAndHold]: 'What the market itself did over the same days, without costs.',
  [common.days]: 'Days of history that it learned from, or was followed over.',
  // Jobs
  [common.progress]: 'Share of the work that is done.',
  [common.current]: 'Which configuration, fold or trial it is at, of how many.',
  [common.bestScoreLong]: 'Best value of its objective among models that forecast rises.',
  [common.bestScoreShort]: 'Best value of its objective among models that forecast falls.',
  [common.meanRocAuc]: 'Mean ROC AUC of its models on left-out parts: 0.5 is a coin, 1 is perfect.',
  [common.deleted]: 'Model files that went because nothing they did was the best of its regime.',
  [common.failed]: 'Configurations that could not be trained; each says why.',
  [common.elapsed]: 'Time that it has worked, pauses left out.',
  [common.remaining]: 'Time that the rest will take, by what was measured here so far.',
  [common.memory]: 'Most memory that its process had in use.',
  [common.onDisk]: 'What its results take up now.',
  [common.done]: 'What it finished, of all that it had to do.',
  [common.kept]: 'Models that became champions and keep their file.',
  [common.took]: 'From its first start to its end.',
  // Series, runs, versions
  [common.bars]: 'Candles in this stretch.',
  [common.roundTripCosts]: 'Spread, slippage and commission of buying and selling once, without swaps.',
  [common.quality]: 'Gaps, spikes, doubled and damaged bars that were found; press it for where they are.',
  [common.horizon]: 'Bars that it forecasts ahead, and holds a trade at most.',
  [common.trials]: 'Settings of hyper-parameters that were tried, of all that will be.',
  [common.versions]: 'Versions of this name that were ever made.',
  [common.gate]: 'Whether it passed the comparison with the version in charge, on the same later bars.',
  [common.expires]: 'From then on it is too old to be trusted, and is to be trained again.',
  [common.verdict]: 'What the evidence says of it: strong, suggestive, none, or not tested yet.',
  [common.verdicts]: 'Champions by what the evidence says of each.',
  // Regimes
  [common.barsNow]: 'Bars that the regime has under the rules that count today.',
  [common.afterwards]: 'Bars that it would have under the changed rules.',
  [common.itsRulesHold]: 'Bars on which its rules hold, whether or not a regime before it takes them.',
  [common.takenByThoseBeforeIt]:
    'Bars on which its rules hold, too, and that go to a regime higher in the list.',
  // Charts
  [common.sum]:
    'Sum of the net results of these trades, after costs, in percent of the price at their entry.',
  [common.summedNet]: 'Net log returns after costs, added up from the first day on.',
  [common.closingPrice]: 'Price at the end of each bar, in the second currency of the pair.',
  [common.balance]: 'What the account has after each trade, all costs paid.',
  // Side by side
  [common.predictionMethod]:
    'How a forecast over the horizon is made: in one step, by a model for each step, or step by step.',
  [common.ensembleMethod]: 'How the forecasts of its members become one.',
  [common.confidenceThreshold]: 'Forecasts whose confidence is below it are not traded.',
  [common.lookbackWindow]: 'Bars that weights of members and percentiles of forecasts look back over.',
  [common.status]: 'Whether its training was completed, or failed with an error.',
  [common.trainingTime]: 'Time that its training and all of its strategies took.',
  [common.modelFile]: 'What its file takes up on disk, while it is kept.',
  [common.created]: 'When its training ended.',
  [common.sharpePerRegime]:
    'Sharpe ratio of the best strategy among those that traded in the regime, chosen with hindsight.',
  [common.sharpeRatioOutOfSample]: 'Sharpe ratio on folds that chose nothing: the figure to believe.',
  [common.p]: 'Chance that the best of everything tried in the market is as good without any edge.',
  // Paper and account
  [common.net]: 'Net result after costs, of the price at the entry.',
  [common.later]: 'How long after the paper trade the account’s began.',
  [common.inWorseBy]: 'How much worse the account’s entry price was than the paper’s.',
  [common.outWorseBy]: 'How much worse the account’s exit price was than the paper’s.',
  [common.paperNet]: 'Net result of the paper trade, costs of the configuration taken off.',
  [common.accountNet]: 'Net result of the account’s trade, as its statement has it.',
  [common.paperCost]: 'Spread, slippage, commission and swap that the paper trade was charged.',
  [common.accountCharges]: 'Commission, swap and fees of the account’s trade.',
  [common.inPosition]: 'Share of bars with an open position.',
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
