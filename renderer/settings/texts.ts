import type { ReactNode } from 'react';
import { formatTime, plural } from '../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  costsPerSymbol: 'Costs per symbol',

  // Split
  pleaseUseNone: 'Use none, or three fractions that add up to 1: training, tuning and test.',

  // Fields
  files: 'Files',
  trainingQueues: 'Training queues',
  afterCrash: 'After a crash',
  modelsOnDisk: 'Models on disk',
  inferenceStrategies: 'Inference strategies',
  evaluationAndSelection: 'Evaluation and selection',
  validation: 'Validation',
  tradingCosts: 'Trading costs',
  updates: 'Updates',
  logFile: 'Log file',
  split: 'Split',
  kindTitles: {
    metal: 'All metals',
    crypto: 'All crypto',
    index: 'All indices',
    energy: 'All energies',
    other: 'Anything else',
  },

  byWhatModelLearns: 'By what the model learns',
  /** By the path of a setting: what its values are called that are words. */
  valueTitles: {
    'market.day_start': {
      auto: 'By the market: New York or UTC',
      new_york: '17:00 in New York',
      utc: '00:00 UTC',
    },
    'queue.threads': { auto: 'One per processor core' },
    'queue.workers': { local: 'On this machine alone' },
    'evaluation.as_of': {
      week: 'Last close of a trading week',
      day: 'Last close of a trading day',
      bar: 'Newest candle',
    },
    'evaluation.split': { none: 'By days of holdout and selection' },
    'evaluation.min_score': { auto: 'Where it breaks even' },
    'evaluation.scope': {
      symbol_timeframe_regime: 'Symbol, timeframe and regime',
      regime: 'Regime alone',
    },
    'live.champions': { show: 'Speak where no version does', hide: 'Say nothing' },
    'mlflow.tracking_uri': { auto: 'As MLFLOW_TRACKING_URI says', none: 'Nowhere' },
    'mlflow.experiment_name': { auto: 'As MLFLOW_EXPERIMENT_NAME says' },
    'mlflow.models': { all: 'All that are trained', kept: 'Those that are kept' },
    'updates.feed': { none: 'Nowhere' },
    'costs.unit': { price: 'Price units', fraction: 'Fraction of the price' },
  },

  // Edits
  pleaseUseProblem: ({ problem }: Values<'problem'>) => `Use ${problem}.`,
  giveAtLeastOneValue: 'Give at least one value.',
  editUseProblem: ({ edit, problem }: Values<'problem'> & { edit: string | undefined }) =>
    `“${edit}”: use ${problem}.`,

  // Costs table
  fieldOfTitle: ({ field, title }: Values<'field' | 'title'>) => `${field} of ${title}`,

  // Cost tables
  metalsCrypto:
    'Metals, crypto, indices and all else have no default costs: they are trained on where their candles have spreads, or where their costs stand here. A spread counts in its unit: price units, a fraction of the price (0.0002 is 0.02 %), or pips and points of a size. A symbol of its own comes before its kind.',
  costsOfOtherMarkets: 'Costs of other markets',

  // Display panel
  titles: { utc: 'UTC', local: 'Local', market: 'Market' },
  display: 'Display',
  howThingsAreShown: 'How things are shown in this browser. Takes effect at once; no result changes.',
  ofEveryTimeInTables:
    'Of every time in tables, filters, charts, logs and files of what is shown. Market is the clock of most trading servers, 7 hours ahead of New York: the currency market’s day begins at its midnight.',
  nowItIs: ({ now }: Values<'now'>) => `Now it is ${now}.`,

  // Setting field
  resetToDefault: ({ field }: Values<'field'>) => `Reset to default: ${field}`,
  resetFieldToDefault: ({ field }: Values<'field'>) => `Reset ${field} to default`,
  asDefaultCosts: 'as the default costs',

  // Targets
  pleaseUseNumberOrTwo: 'Use a number, or two: the lower one first.',

  // Targets table
  targetsPerSymbol: 'Targets per symbol',
  inPlaceOfWhatList:
    'In place of what the list of criteria asks, or beside it: a number, or two such as 0.60 to 0.63, what is asked for and how far it usually comes. Shares are fractions.',
  targetsOf: 'Targets of',
  targetsPerSymbolMode: ({ mode }: Values<'mode'>) => `Targets per symbol, ${mode}`,

  // Tracking status
  off: 'Off',
  upToDate: 'Up to date',
  sending: 'Sending',
  notReached: 'Not reached',
  sentByAnotherProcess: 'Sent by another process',
  behind: 'Behind',
  mLflowHasEverything: 'MLflow has everything',
  uriExperiment: ({ uri, experiment }: { uri: string | null; experiment: string | null }) =>
    `${uri}, experiment ${experiment}`,
  sendNow: 'Send now',
  nothingWaits: ({
    waits,
    lastSentAt,
    problem,
  }: {
    waits: string | undefined;
    lastSentAt: string | null;
    problem: string | null;
  }) =>
    [
      waits === undefined ? 'Nothing waits.' : `Waits: ${waits}.`,
      ...(lastSentAt === null ? [] : [`Sent last at ${formatTime(lastSentAt)}.`]),
      ...(problem === null ? [] : [`It says: ${problem}.`]),
    ].join(' '),
  notTaken: ({ key, refusal }: Values<'key' | 'refusal'>) => `Not taken: ${key}: ${refusal}`,

  // Settings form
  changesOfSettingsWereDiscarded: 'Changes of settings were discarded',
  settingsSaved: 'Settings saved',
  countOfChanges: ({ changes }: Counts<'changes'>) => plural(changes, 'change'),
  settings: 'Settings',
  regimesAreManagedInRegimes: ({ note, link, file }: Values<'note'> & Marks<'link'> & { file: ReactNode }) =>
    rich`${note} Regimes are managed in ${link('Regimes')}. All of this is the file ${file}; comments you write there stay.`,
  namesOfOtherSystems: ({ renamed }: Values<'renamed'>) =>
    `Names of other systems that the file uses: ${renamed}.`,
  pathIsTodayHere: ({ path, today }: Values<'path' | 'today'>) => `${path} is ${today} here`,
  aboutRegimen: 'About Regimen',
  changeFieldToCorrect: ({ changes, wrong }: Counts<'changes' | 'wrong'>) =>
    wrong > 0
      ? `${plural(changes, 'change')}, ${plural(wrong, 'field')} to correct`
      : `${plural(changes, 'change')} not saved yet`,
  discardChanges: 'Discard changes',
  saveSettings: 'Save settings',
};
