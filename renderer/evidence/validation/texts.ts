import { plural } from '../../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Out of sample
  sharpeOutOfSample: 'Sharpe, out of sample',
  ofStitchedCurve: 'of the stitched curve',
  counted: 'counted',
  itsCandlesHaveChanged: 'its candles have changed',
  ofFolds: ({ folds }: Values<'folds'>) => `of ${folds}`,
  itsBarsAreNotKnown: 'its bars are not known',
  noProfitToHold: 'no profit to hold it against',
  ofPercentYear: ({ inSample }: Values<'inSample'>) => `of ${inSample} % a year`,
  yearlyPercentYear: ({ yearly }: Values<'yearly'>) => `${yearly} % a year`,

  // Validation view
  foldOfStillToCompute: ({ pending, folds, link }: Values<'folds'> & Counts<'pending'> & Marks<'link'>) =>
    rich`${plural(pending, 'fold')} of ${folds} still to compute; no verdict before. ${link('See its job')}`,
  outOfSample: ({ scheme }: Values<'scheme'>) => `Out of sample, ${scheme}`,
  validationId: ({ id }: Values<'id'>) => `validation ${id}`,
  noFoldCountsYet: 'No fold counts yet, so there is nothing out of sample to sum up.',
  dataIsTooShort: ({ missingFolds }: Counts<'missingFolds'>) =>
    `The data is too short for ${plural(missingFolds, 'more fold')} that ${missingFolds === 1 ? 'was' : 'were'} asked for.`,
  noNumberOfBarsLike: 'No number of bars like these would be evidence.',
  atThisRateSomeMore: ({ more, bars }: Values<'more' | 'bars'>) =>
    `At this rate some ${more} more bars would be evidence; it has ${bars}.`,
  spearmanByAgeOfModel: 'Spearman by age of the model',
  sharpeByAgeOfModel: 'Sharpe by age of the model',

  // Champion validation
  notValidatedYet: 'Not validated yet',
  validateThisChampion: 'Validate this champion',
  itsConfigurationIsTrainedAgain:
    'Its configuration is trained again before each of many test windows and trades bars that chose nothing: on its own windows, through the whole history, or quickly on the newest bars. You see folds, dates, time and disk before anything starts.',
  validation: 'Validation',
  decides: ', decides',
  foldsAreStillMissing: 'Folds are still missing.',
  verdictRestsOnIt: 'The verdict rests on it.',
  verdictRestsOnAnother: 'The verdict rests on another, which has more counted bars.',

  // Regimes alone
  eachRegimeAlone: 'Each regime alone',
  championsOfOneRegime: 'The champions of one regime, fold after fold; flat where there was none.',
  eachRegimeAloneTable: 'Each regime alone, table',
  chosenOfFolds: ({ chosen, folds }: Values<'chosen' | 'folds'>) => `${chosen} of ${folds}`,

  // Procedures
  whatThisWayOfWorking: 'What this way of working would have earned',
  validateGrid: 'Validate a grid',
  notKnownYet:
    'Not known yet. A grid with its rules can be validated as a whole: in each fold all of it is trained, champions are chosen, and they trade what comes next. What that earns, choosing included, is the figure that counts.',
  trainedAndChosenAnewBefore: ({
    chosen,
    symbol,
    timeframe,
    folds,
    createdAt,
  }: Values<'chosen' | 'symbol' | 'timeframe' | 'createdAt'> & Counts<'folds'>) =>
    `${chosen}: ${symbol} ${timeframe}. Trained and chosen anew before each of ${plural(folds, 'fold')}, validated ${createdAt}.`,
  procedure: 'Procedure',
  procedureFoldAfter: 'The procedure, fold after fold',
  procedureOutOfSample: 'The procedure, out of sample',
  regimesFoldsAndCriteria: 'Regimes, folds and criteria',
  noFoldHadChampion: 'No fold had a champion.',
};
