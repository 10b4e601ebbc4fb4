import { plural } from '../../ui/format.ts';
import type { Counts, Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  chooseAnotherUnderStrategies: ({ strategy }: Values<'strategy'>) =>
    `${strategy}. Choose another under Strategies.`,

  // Decisions tab
  rejected: 'Rejected',
  pushedOut: 'Pushed out',
  stoodAside: 'Stood aside',
  scoredAgain: 'Scored again',
  noDecisionWasTaken: 'No decision was taken: a failed run has no model to keep.',
  decisions: 'Decisions',
  decisionsOfSelection: 'Decisions of the selection',
  decision: 'Decision',

  // Error tab
  thisConfigurationCould: 'This configuration could not be trained',
  stack: 'Stack',
  copied: 'Copied',
  copyErrorAndStack: 'Copy error and stack',

  // Features tab
  featureImportance: 'Feature importance',
  feature: 'Feature',
  shareOfImportance: 'Share of importance',
  shareOfSplits: 'Share of splits',
  showFirst: ({ shown }: Values<'shown'>) => `Show the first ${shown}`,
  showAllFeature: ({ features }: Counts<'features'>) => `Show all ${plural(features, 'feature')}`,

  // Missing table
  contendersOnly: 'Contenders only',
  noTableOfStrategies: 'No table of strategies',
  evaluateKeptModelsAgain: 'Evaluate kept models again',
  trainDeletedModelsAgain: 'Train deleted models again',
  contenders: 'Contenders',
  figuresOfContenders: 'Figures of the contenders',
  traded: 'Traded',
  strategy: 'Strategy',
  allBars: 'All bars',

  // Beside
  policyAndWhatItStands: 'Policy and what it stands beside',
  itsPolicyAndWhatCan: 'Its policy and what can be had without it, on the selection window after costs',
  policy: 'Policy',
  whatItIs: 'What it is',

  // Left out
  long: 'LONG',
  short: 'SHORT',
  eachModel: 'Each model',
  eachModelOnLeftOut: 'Each model, on left-out parts of the training window',
  models: 'Models',
  inBrackets:
    'In brackets: what always saying the larger class gets. ± the error without an edge: less than two of them above 0.5 is nothing.',

  // Results overview
  championOf: ({ title }: Values<'title'>) => `Champion of ${title}`,
  championOfTitle: ({ title, strategy }: Values<'title' | 'strategy'>) => `Champion of ${title}: ${strategy}`,
  bestStrategy: 'Best strategy',
  bestStrategyText: ({ strategy }: Values<'strategy'>) => `Best strategy: ${strategy}`,
  figuresOfBestStrategy: 'Figures of the best strategy',
  allRegimes: 'all regimes',
  countOfTrades: ({ trades }: Counts<'trades'>) => plural(trades, 'trade'),
  stakesOfBestStrategy: 'Stakes of the best strategy',

  // Overview tab
  trainingMetrics: 'Training metrics',
  trainingMetricsOnLeftOut: 'Training metrics, on left-out parts of the training window',
  configuration: 'Configuration',
  trainingRows: 'Training rows',
  dashDeleted: ({ dash, artifactFile }: Values<'dash'> & { artifactFile: string | null }) =>
    `${dash}${artifactFile === null ? ' (deleted)' : ''}`,
  createdAt: 'Created at',
  indicators: 'Indicators',
  hyperParameters: 'Hyper-parameters',
  none: 'None',
  basedOn: 'Based on',

  // Regimes tab
  allRegimesSelectionWindow: 'All regimes, selection window',
  allRegimesHoldout: 'All regimes, holdout',
  figuresPerRegime: 'Figures per regime',

  // Strategy table
  prediction: 'Prediction',
  members: 'Members',
  confidence: 'Confidence',
  leastConfidence: 'Least confidence, 0 to 1, at which the strategy trades',
  lookback: 'Lookback',
  barsThatWeights: 'Bars that weights, stacking and confidence look back over',
  strategies: 'Strategies',
  chooseStrategy: ({ index }: Values<'index'>) => `Choose strategy ${index}`,

  // Strategies tab
  figuresOf: 'Figures of',
  holdoutHidden: 'Holdout (hidden)',
  nameSelection: ({ name }: Values<'name'>) => `${name} (selection)`,
  heatMapShows: 'Heat map shows',
  glossaryOfEachStrategy: ({ glossary }: Values<'glossary'>) => `${glossary} of each strategy`,
  predictionMethodAndWay:
    'Prediction method and way of combining members down; confidence threshold and lookback window in bars across. The chosen strategy is framed; a figure of few trades is gray.',
  methodMembers: 'Method · members',
  noTrade: 'no trade, or no figure',

  // Trace tab
  modelWasDeleted: 'The model was deleted',
  equityAndTradesCome:
    'Equity and trades come from the model file, and this model improved no regime. Its figures are under Strategies.',
  showItsStrategies: 'Show its strategies',
  equityInAllRegimes: 'Equity in all regimes',
  equityAloneIn: ({ alone }: Values<'alone'>) => `Equity, alone in ${alone}`,
};
