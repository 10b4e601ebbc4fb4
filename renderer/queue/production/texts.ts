import { plural } from '../../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  stagesOf: ({ name }: Values<'name'>) => `Stages of ${name}`,

  // Fields
  forWhichNames: 'For which names',
  oneName: 'One name',
  allInProduction: 'All in production',
  eachIsTrainedAnew: 'Each is trained anew as it is: with its configuration, on the newest bars.',
  chooseOne: 'Choose one',
  targetText: {
    direction: 'Direction: up or down',
    return: 'Return: how far',
    barrier: 'Barrier: take-profit or stop first',
    outcome: 'Outcome: result of such a trade',
  },
  target: 'Target',
  exitsXAtr: 'Exits, x ATR',
  horizonBars: 'Horizon, bars',
  searchItsHyperParametersFirst: 'Search its hyper-parameters first',
  whatIsBestIsKept: 'What is best is kept for this name, and used from then on.',
  ofLongAndShortModels: 'of LONG and SHORT models, of each',
  modeText: {
    quick: 'Quick: the windows of the gate alone',
    full: 'Full: walk-forward through all history, too',
    sequential: 'Sequential: a first check, full where it is passed',
  },
  mode: 'Mode',
  dryRun: 'Dry run',
  trainValidateAndCompare: 'Train, validate and compare, but promote nothing.',

  // Stages
  stageTitles: {
    search: 'Search',
    train: 'Train',
    validate: 'Validate',
    compare: 'Compare',
    promote: 'Promote',
  },
  stageWords: {
    pending: 'To come',
    running: 'At work',
    done: 'Done',
    left_out: 'Left out',
    refused: 'Refused',
    failed: 'Failed',
  },

  // Plan view
  whatItWillDo: 'What it will do',
  nothingHasBegunYet: 'Nothing has begun yet.',
  andNameMore: ({ more }: Counts<'more'>) => `and ${plural(more, 'name')} more`,
  leftOut: 'Left out',
  nameNoModel: ({ names, models }: Counts<'names' | 'models'>) =>
    `${plural(names, 'name')}, ${models === 0 ? 'no model' : plural(models, 'model')} to train`,
  timeIsEstimatedOnceThis: 'Time is estimated once this workspace has computed the like of all its stages.',
  allOfItWasComputed: 'All of it was computed before: it takes a moment.',
  aboutMeasuredInThisWorkspace: ({ seconds }: Values<'seconds'>) =>
    `About ${seconds} (measured in this workspace)`,

  // Request
  symbol: 'a symbol',
  timeframe: 'a timeframe',
  chooseWants: ({ wants }: Values<'wants'>) => `Choose ${wants}.`,
  and: ' and ',

  // Place
  searchTrainValidate:
    'Search, train, validate, compare and promote in one: what does not pass the gate is not put in charge.',
  forWhichName: 'For which name',
  how: 'How',
  gate: 'The gate',
  whatIsAsked: 'What is asked of it before it is put in charge.',
  thisCantBeTrained: 'This can’t be trained as it is',
  productionTrainingBegins: 'Production training begins',
  sizeOfProductionTraining: 'Size of the production training',
  correctFieldsThatAreMarked: 'Correct the fields that are marked.',
  counting: 'Counting …',
  itCantBegin: 'It can’t begin as it is: see above.',
  startTraining: 'Start training',

  // Training page
  waiting: 'Waiting',
  atWork: 'At work',
  completed: 'Completed',
  interrupted: 'Interrupted',
  cancelled: 'Cancelled',
  backToQueue: 'Back to queue',
  productionTraining: 'Production training',
  productionTrainingOf: ({ training }: Values<'training'>) => `Production training of ${training}`,
  productionTrainingOfTitle: ({ title }: Values<'title'>) => `Production training of ${title}`,
  pausing: 'Pausing …',
  pause: 'Pause',
  resume: 'Resume',
  cancelThisProductionTraining: 'Cancel this production training?',
  namesThatAreDoneStay:
    'Names that are done stay as they are, and nothing more is put in charge. What is computed so far stays, and is not computed again.',
  cancelTraining: 'Cancel training',
  keepIt: 'Keep it',
  askedFor: ({ originText }: Values<'originText'>) => `Asked for ${originText}`,
  byBeganStartedAt: ({ by, startedAt }: Values<'by' | 'startedAt'>) => `${by}, began ${startedAt}`,
  beganTookEndedAt: ({ began, endedAt }: Values<'began' | 'endedAt'>) => `${began}, took ${endedAt}`,
  originText: {
    window: 'in the window',
    server: 'in the browser',
    'command line': 'on the command line',
    request: 'by another program',
    schedule: 'by its schedule',
  },
  itFailed: 'It failed',
  itWasInterrupted: 'It was interrupted',
  goOn: 'Go on',
  openInRegistry: 'Open in Registry',
  refittingUpToNewestBar: 'Refitting up to the newest bar.',
  productionTrainings: 'Production trainings',
  partOfProductionTrainingOf: ({ link, training }: Values<'training'> & Marks<'link'>) =>
    rich`Part of the ${link(`production training of ${training}`)}.`,
};
