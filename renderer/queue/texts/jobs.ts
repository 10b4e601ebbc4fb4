import { formatDuration, plural } from '../../ui/format.ts';
import { type Counts, type Marks, type Perhaps, rich, type Values } from '../../ui/sentence.ts';

/** All that is said of jobs: the list, and the page of each. */
export const texts = {
  // In several places
  pause: 'Pause',
  resume: 'Resume',

  // Actions
  noQueueIsWaiting: 'No queue is waiting',
  buildGridAndGenerate: 'Build a grid and generate its queue first.',
  nothingIsTraining: 'Nothing is training',
  noQueueIsPaused: 'No queue is paused',

  // Copy menu
  copyAsCommandLine: 'Copy as command line',
  copiedAsCommandLine: 'Copied as command line',
  copyAsHttpCall: 'Copy as HTTP call',
  copiedAsHttpCall: 'Copied as HTTP call',
  copyAsYaml: 'Copy as YAML',
  copiedAsYaml: 'Copied as YAML',
  saveAs: ({ file }: { file: string | undefined }) => `Save as ${file ?? 'YAML'}`,
  copyAs: 'Copy as …',
  saveSampleYaml: 'Save a sample YAML',

  // Job head
  elapsedAboutRemaining: ({ elapsed, remaining }: Values<'elapsed'> & { remaining: number | null }) =>
    remaining === null
      ? `${elapsed} elapsed`
      : `${elapsed} elapsed, about ${formatDuration(remaining)} remaining`,
  progressOf: ({ name }: Values<'name'>) => `Progress of ${name}`,

  // Live log
  liveLog: 'Live log',
  timesIn: ({ zone }: Values<'zone'>) => `Times in ${zone}`,
  allQueues: 'All queues',
  eachStepOfTrainingWill: 'Each step of training will be told here.',

  // Threads
  threads: 'Threads',
  trainingAtWork: ({ training }: Values<'training'>) => `${training} at work`,
  starting: 'Starting …',
  noThreadWorksOnThis: 'No thread works on this queue.',

  // Workers panel
  running: 'Running',
  paused: 'Paused',
  draining: 'Draining',
  refused: 'Refused',
  gone: 'Gone',
  workers: 'Workers',
  metAt: ({ redis }: Values<'redis'>) => `Met at ${redis}`,
  noneIsConnected: ({ code, redis }: Values<'redis'> & Marks<'code'>) =>
    rich`None is connected. On each machine: ${code(`regimen worker --redis ${redis}`)}`,
  threadOnPipeline: ({ threads, host, pipeline }: Values<'host' | 'pipeline'> & Counts<'threads'>) =>
    `${plural(threads, 'thread')} on ${host}, pipeline ${pipeline}`,
  busyInTraining: ({
    busy,
    done,
    perSecond,
    seenSeconds,
  }: Values<'busy' | 'done' | 'perSecond' | 'seenSeconds'>) =>
    `${busy} in training, ${done} done, ${perSecond} a second, seen ${seenSeconds} ago`,
  drainItFinishesWhat: ({ name }: Values<'name'>) =>
    `Drain ${name}: it finishes what it has in training, and ends`,
  drain: 'Drain',

  // Validation results
  validations: 'Validations',
  nothingToSeeYet: 'Nothing to see yet',
  foldsAppearHereAsSoon: 'Folds appear here as soon as the job has begun.',
  schemeTitleOfChampion: ({ schemeTitle, champion }: Values<'schemeTitle' | 'champion'>) =>
    `${schemeTitle} of ${champion}`,
  doneOfFold: ({ done, folds }: Values<'done'> & Counts<'folds'>) => `${done} of ${plural(folds, 'fold')}`,
  stitchedStoredBytesOnDisk: ({ stitched, storedBytes }: Values<'stitched' | 'storedBytes'>) =>
    `${stitched} ${storedBytes} on disk.`,
  refitOnAllDataFailed: ({ error }: { error: string | null }) => `The refit on all data failed: ${error}`,
  refitReady: ({ bars, to, asOf, file, bytes }: Values<'to' | 'asOf' | 'file' | 'bytes'> & Counts<'bars'>) =>
    `Refit ready: trained on ${plural(bars, 'bar')} until ${to}, all data as of ${asOf}; ${file}, ${bytes}.`,
  noFoldCountsYet: 'No fold counts yet, so there is no out-of-sample curve.',
  stitchedFoldAndBar: ({
    folds,
    bars,
    sharpe,
    t,
    p,
    returnValue,
    maxDrawdown,
    trades,
    profitableFolds,
  }: Values<'sharpe' | 't' | 'p' | 'returnValue' | 'maxDrawdown' | 'profitableFolds'> &
    Counts<'folds' | 'bars' | 'trades'>) =>
    `Stitched, ${plural(folds, 'fold')} and ${plural(bars, 'bar')}: Sharpe ${sharpe}, t ${t}, p ${p}; return ${returnValue}, drawdown ${maxDrawdown}, ${plural(trades, 'trade')}, ${profitableFolds} of the folds earned something.`,
  whatUsuallyHelps: 'What usually helps:',

  // Go on
  goOnWithFull: 'Go on with full?',
  goOnWithFullName: ({ name }: Values<'name'>) => `Go on with full? ${name}`,
  allCriteriaOfQuick: 'All criteria of quick are met: full is worth its time.',
  criteriaAreMissed: ({ validations, missed }: Values<'missed'> & Counts<'validations'>) =>
    validations === 1
      ? 'Criteria are missed: what quick rejects, full seldom brings back.'
      : `Criteria are missed in ${missed} of ${plural(validations, 'validation')}: what quick rejects, full seldom brings back.`,
  quickOf: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) => `Quick of ${symbol} ${timeframe}`,
  askedOf: ({ champion }: Values<'champion'>) => `asked of ${champion}`,
  noLeave: 'No, leave it at quick',
  yesGo: 'Yes, go on with full',

  // Queue controls
  start: {
    evaluation: 'Start Evaluation',
    walk_forward: 'Start Validation',
    search: 'Start Search',
  },
  resultSoFar: ({ completed }: Counts<'completed'>) =>
    completed === 1
      ? 'The 1 result so far and its champions stay.'
      : `The ${plural(completed, 'result')} so far and their champions stay.`,
  foldSoFarStays: ({ completed }: Counts<'completed'>) =>
    completed === 1
      ? 'The 1 fold so far stays, and is not computed again.'
      : `The ${plural(completed, 'fold')} so far stay, and are not computed again.`,
  startTraining: 'Start Training',
  pressToBegin: ({ button, then }: Values<'button' | 'then'>) => `Press ${button} above. ${then}`,
  itHasEndedWithout: 'The job has ended without any: its log and its counts above say why.',
  pausing: 'Pausing …',
  retryFailed: 'Retry failed',
  cancelName: ({ name }: Values<'name'>) => `Cancel “${name}”?`,
  willNotBe: ({ pending, past, resultsStay }: Values<'pending' | 'past' | 'resultsStay'>) =>
    `${pending} will not be ${past}. ${resultsStay}`,
  cancelQueue: 'Cancel queue',
  keepQueue: 'Keep queue',
  cancelAfterCurrentTrial: 'Cancel after the current trial',
  priorityText: ({ priority }: Values<'priority'>) => `Priority ${priority}`,
  priority: 'Priority',
  setPriority: 'Set priority',
  moreActions: 'More actions',
  extendWithMoreConfigurations: 'Extend with more configurations',
  buildNewGridFromThis: 'Build a new grid from this one',
  validateAsProcedure: 'Validate as a procedure',
  searchHyperParametersThere: 'Search hyper-parameters there',
  removeFromList: 'Remove from the list',
  removeName: ({ name }: Values<'name'>) => `Remove “${name}”?`,
  queueLeavesList:
    'The queue leaves the list. What it trained stays in the history, and its champions stay champions. Its grid and checkpoint go for good, so this can’t be undone.',
  jobLeavesList:
    'The job leaves the list. A validation that has ended stays, and its verdict; folds that were computed are not computed again. The job itself goes for good, so this can’t be undone.',
  removeQueue: 'Remove queue',

  // Queue results
  latestResults: 'Latest results',
  newestFirstAtMost: ({ limit }: Values<'limit'>) =>
    `Newest first, at most ${limit}. All of them are in the history.`,
  jobId: ({ id }: Values<'id'>) => `job = ${id}`,
  scoreByAxis: 'Score by axis',
  noResultsYet: 'No results yet',
  eachModelAppearsHere: 'Each model appears here as soon as it is trained and tested.',
  latestResultsTable: 'Latest results, table',
  outcome: 'Outcome',
  regimesItLeads: 'Regimes it leads',
  noReasonWasRecorded: 'No reason was recorded',

  // Search trials
  doneOfTrialWholeCells: ({
    done,
    trials,
    folds,
    sampler,
    seed,
  }: Values<'done' | 'sampler' | 'seed'> & Counts<'trials' | 'folds'>) =>
    `${done} of ${plural(trials, 'trial')}, ${folds === 0 ? 'whole cells' : plural(folds, 'fold')}, ${sampler}, seed ${seed}`,
  noTrialsYet: 'No trials yet',
  eachTrialAppearsHere: 'Each trial appears here as soon as it has ended.',
  noTrialHasCome: 'No trial has come to a value yet.',
  bestTrial: ({ trial, objective, best, text }: Values<'trial' | 'objective' | 'best' | 'text'>) =>
    `Best: trial ${trial}, ${objective} ${best}${text}.`,
  onSelectionWindow: ({
    side,
    objective,
    link,
    status,
    test,
  }: Values<'objective' | 'status' | 'test'> & Marks<'link'> & { side: string | null }) =>
    rich`${side === null ? 'On' : 'The best LONG and the best SHORT model together, on'} the selection window, ${objective === 'sharpe' ? 'which all trials were scored on' : 'which no trial has seen'}: ${link(`${status === 'failed' ? 'failed' : test}`)}${status === 'failed' ? '.' : ' of the best of its strategies, chosen there.'}`,
  sharpeError: ({ sharpe, error }: Values<'sharpe' | 'error'>) => `Sharpe ${sharpe}${error}`,
  whatMatters: ({ shares }: Values<'shares'>) => `What matters: ${shares}.`,

  // Queue detail
  queueName: ({ name }: Values<'name'>) => `Queue ${name}`,
  jobIdOf: ({ id }: Values<'id'>) => `job ${id}`,
  resultsSummary: 'Results summary',
  trainedByAnotherProcess: ({
    pid,
    host,
    kind,
    since,
  }: Values<'pid' | 'host'> & Perhaps<'kind' | 'since'>) =>
    kind === null
      ? since === null
        ? `Trained by another process: ${pid} on ${host}.`
        : `Trained by another process: ${pid} on ${host}, since ${since}.`
      : since === null
        ? `Trained by another process: ${pid} on ${host} (${kind}).`
        : `Trained by another process: ${pid} on ${host} (${kind}), since ${since}.`,
  toTrainToVerb: ({ toTrain, verb }: Values<'toTrain' | 'verb'>) => `${toTrain} to ${verb}`,
  presentUnitDoneOfToTrain: ({
    present,
    unit,
    done,
    toTrain,
  }: Values<'present' | 'unit' | 'done' | 'toTrain'>) => `${present} ${unit} ${done} of ${toTrain}`,
  finishingInWorkThenPausing: ({ unit }: Values<'unit'>) => `Finishing the ${unit}s in work, then pausing`,
  cancelling: 'Cancelling',
  doneAndFailed: ({ done, past, failed }: Values<'done' | 'past'> & { failed: number }) =>
    failed === 0 ? `${done} ${past}` : `${done} ${past}, ${failed} failed`,
  doneOfToTrainUnitS: ({ done, toTrain, unit }: Values<'done' | 'toTrain' | 'unit'>) =>
    `${done} of ${toTrain} ${unit}s done`,

  // Queue list
  queues: 'Queues',

  // Place
  trainingQueue: 'Training Queue',
};
