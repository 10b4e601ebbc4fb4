import { formatDuration, plural } from '../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Rest
  totalMore: ({ total }: Values<'total'>) => `${total} more`,

  // Decisions
  interrupted: 'Interrupted',
  openJob: 'Open job',
  waitsForYou: 'Waits for you',
  decide: 'Decide',
  paused: 'Paused',
  gatePassed: 'Gate passed',
  lookAndPromote: 'Look and promote',
  openVersion: 'Open version',
  dataLate: 'Data late',
  importCandles: 'Import candles',
  notDelivered: 'Not delivered',
  openAlerts: 'Open alerts',
  outOfDate: 'Out of date',
  evaluateAgain: 'Evaluate again',
  notValidated: 'Not validated',
  validateChampions: 'Validate champions',
  toDecide: 'To decide',
  nothingWaitsForYou: 'Nothing waits for you.',

  // Evidence line
  noChampionYet: 'No champion yet',
  championsWithEvidence: ({ withEvidence, champions }: Counts<'withEvidence' | 'champions'>) =>
    withEvidence === 1
      ? `1 of ${plural(champions, 'champion')} has evidence`
      : `${withEvidence} of ${plural(champions, 'champion')} have evidence`,
  howManyValidatedSee: ({ validated, champions, link }: Counts<'validated' | 'champions'> & Marks<'link'>) =>
    validated === champions
      ? rich`all of them validated · ${link('See why')}`
      : validated === 0
        ? rich`none of them validated · ${link('See why')}`
        : rich`${validated} of them validated · ${link('See why')}`,

  // News
  finished: 'Finished',
  job: 'job',
  noJobCame: 'No job came to its end since.',
  finishedJobs: 'Finished jobs',
  ended: 'Ended',
  inHistoryOfJobs: ({ link }: Marks<'link'>) => rich`in the ${link('history of jobs')}`,
  championsWonAndLost: 'Champions won and lost',
  champion: 'champion',
  newChampions: 'New champions',
  wonBy: 'Won by',
  lostBy: 'Lost by',
  nobody: 'Nobody',
  inRegimeAnalysis: ({ link }: Marks<'link'>) => rich`in ${link('Regime Analysis')}`,
  inCharge: 'In charge',
  change: 'change',
  changesOfWho: 'Changes of who is in charge',
  before: 'Before',
  by: 'By',
  inRegistry: ({ link }: Marks<'link'>) => rich`in the ${link('Registry')}`,
  newNewestFirst: ({ total, noun }: Values<'noun'> & Counts<'total'>) =>
    `${plural(total, `new ${noun}`)}, newest first`,
  titleTable: ({ title }: Values<'title'>) => `${title}, table`,

  // Running
  runsNow: 'Runs now',
  jobWaitsInQueue: ({ waiting }: Counts<'waiting'>) =>
    waiting === 1 ? '1 job waits in the queue' : `${plural(waiting, 'job')} wait in the queue`,
  newJob: 'New Job',
  nothingIsTraining: 'Nothing is training.',
  progressOf: ({ name }: Values<'name'>) => `Progress of ${name}`,
  shareOfTotalUnitLeft: ({
    share,
    total,
    unit,
    left,
  }: Values<'share' | 'total' | 'unit'> & { left: number | null }) =>
    left === null
      ? `${share} of ${total} ${unit}`
      : `${share} of ${total} ${unit}, ${formatDuration(left)} left`,

  // Place
  today: 'Today',
  nobodyHasLookedYet: 'Nobody has looked yet: all of it is new.',
  newSince: ({ since }: Values<'since'>) => `New since ${since}, when you looked last.`,
  markAsSeen: 'Mark as seen',
  nothingTrainedYet: 'Nothing trained yet',
  candlesAreThere: 'The candles are there',
  trainFirstGrid:
    'Train a first grid. What it found, what changed and what is to be decided stands here from then on.',
};
