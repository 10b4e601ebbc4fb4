import { plural } from '../format.ts';
import type { Counts, Values } from '../sentence.ts';

/** All that is said by what the rooms share. */
export const texts = {
  // Advice list
  whatToChangeFirst: 'What to change first',

  // Configuration text
  countOfDays: ({ daysHistory }: Counts<'daysHistory'>) => plural(daysHistory, 'day'),
  barAhead: ({ horizon }: Counts<'horizon'>) => `${plural(horizon, 'bar')} ahead`,

  // Confirm button
  goBack: 'Go back',

  // Found draft
  restoredWhatYouHadBegun: 'Restored what you had begun',
  thisFormWasLeftAt: ({ at }: Values<'at'>) =>
    `This form was left at ${at}, before the page was loaded again.`,
  goOnWithIt: 'Go on with it',
  startOver: 'Start over',

  // Notices
  undo: 'Undo',

  // Marks
  marksOf: ({ what }: Values<'what'>) => `Marks of ${what}`,
  favoriteWhat: ({ what }: Values<'what'>) => `Favorite: ${what}`,
  takeItOutOfFavorites: 'Take it out of the favorites',
  keepItAmongFavorites: 'Keep it among the favorites',
  editTagsAndNoteOf: ({ what }: Values<'what'>) => `Edit tags and note of ${what}`,
  tagsAndNote: 'Tags and note',
  edit: 'Edit',
  tagsAndNoteOf: ({ what }: Values<'what'>) => `Tags and note of ${what}`,
  tags: 'Tags',
  typeOnePressEnter: 'Type one, press Enter',
  lettersDigitsAndOnly: ({ wrong }: Values<'wrong'>) =>
    `${wrong}: letters, digits and _ . : / + - only, at most 40`,
  favorites: '★ Favorites',
  markedOrNot: 'Marked or not',
  any: 'Any',

  // Notify export
  whatExported: ({ what }: Values<'what'>) => `${what} exported`,
  download: 'Download',
  showInFolder: 'Show in folder',

  // Sharpe figure
  fromTradeOnly: ({ trades, minTrades }: Counts<'trades'> & { minTrades: number | undefined }) =>
    ` From ${plural(trades, 'trade')} only; a champion needs ${minTrades}.`,
  itsStandardError: ({ title, text, few }: Values<'title' | 'text' | 'few'>) =>
    `${title} ± its standard error: ${text}${few}`,

  // Stale models
  evaluateKeptModelAgain: ({ keptModels }: Counts<'keptModels'>) =>
    `Evaluate ${plural(keptModels, 'kept model')} again`,
  trainDeletedModelAgain: ({ deletedModels }: Counts<'deletedModels'>) =>
    `Train ${plural(deletedModels, 'deleted model')} again`,
  somethingChangedSince: 'something changed since',
  keptModelOutOfDate: ({ keptModels, queued }: Values<'queued'> & Counts<'keptModels'>) =>
    keptModels === 1
      ? `1 kept model is out of date or incomplete: evaluating it again gives it its figures of today, without training.${queued}`
      : `${plural(keptModels, 'kept model')} are out of date or incomplete: evaluating them again gives them their figures of today, without training.${queued}`,
  deletedModelWouldHave: ({ deletedModels, queued }: Values<'queued'> & Counts<'deletedModels'>) =>
    `${plural(deletedModels, 'deleted model')} would have to be trained again to be judged by today's rules.${queued}`,
  queuedOfThem: ({ queued }: Counts<'queued'>) =>
    queued === 1 ? ' 1 of them is in the queue already.' : ` ${queued} of them are in the queue already.`,

  // States
  problemsMore: ({ problems }: Values<'problems'>) => `${problems} more`,
  tryAgain: 'Try again',
  loading: 'Loading',

  // Trace error
  noEquityCurve: 'No equity curve',

  // Json schema
  minToMax: ({ min, max }: Values<'min' | 'max'>) => `${min} to ${max}`,
  atLeast: ({ min }: Values<'min'>) => `at least ${min}`,
  atMost: ({ max }: Values<'max'>) => `at most ${max}`,
  trueOrFalse: 'true or false',
  oneOf: ({ choices }: Values<'choices'>) => `one of ${choices}`,
  whole: 'whole ',
  orChoices: ({ choices }: Values<'choices'>) => ` or ${choices}`,

  // Theme
  closeNotice: 'Close notice',
};
