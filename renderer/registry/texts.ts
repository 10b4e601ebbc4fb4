import type { ReactNode } from 'react';
import { plural } from '../ui/format.ts';
import { type Choices, type Counts, rich, type Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  stage: 'Stage',
  passed: 'Passed',
  refused: 'Refused',
  goBack: 'Go back',
  side: 'Side',
  chooseOne: 'Choose one',
  trainedUntil: 'Trained until',
  askGate: 'Ask the gate',
  rollBack: 'Roll back',
  retire: 'Retire',
  alias: 'Alias',
  judgeModelFromElsewhere: 'Judge a model from elsewhere',
  newSchedule: 'New schedule',

  // Compare panel
  sharpeWhereChosen: 'Sharpe where chosen',
  tradesWhereChosen: 'Trades where chosen',
  drawdownWhereChosen: 'Drawdown where chosen',
  winRateWhereChosen: 'Win rate where chosen',
  profitFactorWhereChosen: 'Profit factor where chosen',
  comparedWith: 'Compared with',
  twoVersionsSideBy: 'Two versions side by side',
  modelAndStrategy: 'Model and strategy',
  fromToTo: ({ from, to }: Values<'from' | 'to'>) => `${from} to ${to}`,
  lastGate: 'Last gate',
  earnedBasisPointsDayMore: ({
    version,
    mean,
    againstVersion,
    low,
    high,
    days,
  }: Values<'version' | 'mean' | 'againstVersion' | 'low' | 'high' | 'days'>) =>
    `${version} earned ${mean} basis points a day more than ${againstVersion} (95 %: ${low} to ${high}), over ${days} market days of the test windows that both have.`,
  sideByTable: 'Side by side, table',
  sideBy: 'Side by side',

  // Dialog
  itStandsInJournal: 'It stands in the journal.',

  // List table
  labelTable: ({ label }: Values<'label'>) => `${label}, table`,

  // Account panel
  besideRealAccount: 'Beside a real account',
  noStatementWasReadYet:
    "No statement was read yet. MetaTrader 4 and 5 save one as HTML: the tab of the account's history, its menu, Save as Report. CSV is read by the names of its columns.",
  tradeTo: ({ trades, first, last }: Values<'first' | 'last'> & Counts<'trades'>) =>
    `${plural(trades, 'trade')}, ${first} to ${last}`,
  forgetAccount: ({ account }: Values<'account'>) => `Forget account ${account}?`,
  itsTradesAreTakenOut: 'Its trades are taken out of this workspace. The statement can be read again.',
  forgetIt: 'Forget it',
  forget: 'Forget',
  tradeNewChanged: ({
    trades,
    open,
    added,
    changed,
    badRows,
    timezone,
  }: Values<'added' | 'changed' | 'timezone'> & Counts<'trades' | 'open' | 'badRows'>) =>
    [
      open === 0
        ? `${plural(trades, 'trade')}; ${added} new, ${changed} changed.`
        : `${plural(trades, 'trade')}, ${open} held still; ${added} new, ${changed} changed.`,
      ...(badRows === 0 ? [] : [`${plural(badRows, 'row')} can't be read.`]),
      `Its times were read as ${timezone}.`,
    ].join(' '),
  account: ({ account }: Values<'account'>) => `Account ${account}`,
  readStatement: 'Read a statement',
  chooseStatement: 'Choose a statement',
  asCandles: 'As the candles',
  nameOfAccount: 'Name of the account',
  asStatementSays: 'As the statement says',
  read: 'Read',
  matched: 'Matched',
  late: 'Late',
  missed: 'Missed',
  extra: 'Extra',
  matchedLateMissedExtra: ({
    matched,
    late,
    missed,
    extra,
    paper,
    real,
    data,
  }: Values<'matched' | 'late' | 'missed' | 'extra' | 'paper' | 'real' | 'data'>) =>
    `${matched} matched, ${late} late, ${missed} missed, ${extra} extra. Together ${paper} on paper, ${real} on the account. ${data}`,
  ofTradeThatBothMade: ({ trades, paper, real }: Values<'paper' | 'real'> & Counts<'trades'>) =>
    `Of ${plural(trades, 'trade')} that both made the costs are ${paper} on paper, its spread included, and ${real} in charges of the account, whose spread is in its prices.`,
  paper: 'Paper',
  besideAccount: 'Beside the account',

  // Forward panel
  sinceItWasPut: ({ noOrders }: Values<'noOrders'>) =>
    `Since it was put in charge, on the candles that arrived. ${noOrders}`,
  itIs: ({ open }: Values<'open'>) => `It is ${open}.`,
  ended: 'Ended',
  goesOn: 'Goes on',
  standsStill: 'Stands still',
  tradesOnPaper: 'Trades on paper',
  inWord: 'In',
  price: 'Price',
  out: 'Out',
  why: 'Why',

  // Report buttons
  whatGateSaid: 'What the gate said',
  reportAs: ({ format }: Values<'format'>) => `Report as ${format}`,

  // Imported dialog
  judgeModelFromElsewhereFor: ({ name }: { name: string | undefined }) =>
    `Judge a model from elsewhere${name === undefined ? '' : ` for ${name}`}?`,
  modelThatXGBoostSaved:
    'A model that XGBoost saved as JSON, trained on the features of a run, is followed through all test windows of 60 days after the last bar that it learned from, and asked what a version is asked. Nothing is put in charge; what the gate said stands in the journal.',
  noneChosen: 'None chosen',
  chooseFile: 'Choose a file',
  whoseFeatures: 'Whose features, horizon and strategy it has.',
  thereIsNoneOfOne: 'There is none of one model yet',
  dayOfLastBar:
    'The day of the last bar that it learned from. Nothing in the file tells: on bars that it has seen, any model looks good.',
  dayBarAhead: ({
    id,
    modelType,
    symbol,
    timeframe,
    target,
    daysHistory,
    horizon,
  }: Values<'id' | 'modelType' | 'symbol' | 'timeframe' | 'target'> & Counts<'daysHistory' | 'horizon'>) =>
    `${id}: ${modelType} ${symbol} ${timeframe}, ${target}, ${plural(daysHistory, 'day')}, ${plural(horizon, 'bar')} ahead`,

  // Journal button
  exportJournal: 'Export the journal',
  theJournal: 'The journal',
  journalAsCsv: 'Journal as CSV',

  // Journal panel
  journal: 'Journal',
  neverRewritten: 'Never rewritten: what was left out stands here for ever.',
  by: 'By',
  leftOut: 'Left out',
  aliasOf: ({ alias }: { alias: string | null }) => `alias ${alias}`,
  whatGateSaidOn: ({ at }: Values<'at'>) => `What the gate said on ${at}`,
  gate: 'The gate',

  // Moves
  promoteVersion: ({ version }: Values<'version'>) => `promote ${version}`,
  promoted: 'Promoted',
  versionIsInProduction: ({ version }: Values<'version'>) => `Version ${version} is in production.`,
  notPromoted: 'Not promoted',
  gateRefusesItItsReportSays: 'The gate refuses it: its report says why.',
  promoteVersionTitle: ({ version }: Values<'version'>) => `Promote ${version}?`,
  itIsPutInCharge:
    'It is put in charge at once: nothing is tested. The look at its market’s holdout is spent.',
  gateIsAskedFirst:
    'The gate is asked first: models are trained in its test windows, which takes a while. It is put in charge where the gate passes it; then the look at its market’s holdout is spent.',
  promoteWithThatLeftOut: 'Promote with that left out',
  askVersion: ({ version }: Values<'version'>) => `ask ${version}`,
  gatePassesIt: 'The gate passes it',
  gateRefusesIt: 'The gate refuses it',
  itsReportSaysWhy: 'Its report says why.',
  askGateOf: ({ version }: Values<'version'>) => `Ask the gate of ${version}?`,
  modelsAreTrained:
    'Models are trained in its test windows, which takes a while. Nothing is put in charge; what the gate said stands in the journal.',
  rolledBack: 'Rolled back',
  versionProductionIsIn: ({ production }: { production: string | null }) =>
    `Version ${production} is in production.`,
  rollNameBack: ({ name }: Values<'name'>) => `Roll ${name} back?`,
  thisOneNever:
    'This one never was in charge: it is put there at once, and nothing is asked of it. That stands in the journal for ever, and the look at its market’s holdout is spent.',
  versionIsPutInCharge: 'The version is put in charge at once, without the gate. The journal says so.',
  backTo: 'Back to',
  chooseVersion: 'Choose a version',
  oneBefore: ' (the one before)',
  neverInCharge: ' (never in charge)',
  versionTrainedUntil: ({ version, to, was }: Values<'version' | 'to' | 'was'>) =>
    `${version}, trained until ${to}${was}`,
  updateVersion: ({ version }: Values<'version'>) => `update ${version}`,
  nothingIsNew: 'Nothing is new',
  updated: 'Updated',
  updateVersionWithNewCandles: ({ version }: Values<'version'>) => `Update ${version} with new candles?`,
  whatCameSince:
    'What came since it was trained is added, and as much of the oldest is dropped. The result is a new version, the candidate of this name: the gate judges it like any other, and nothing is put in charge.',
  updateWithNewCandles: 'Update with new candles',
  retired: 'Retired',
  nobodyIsInProductionAt: ({ name }: Values<'name'>) => `Nobody is in production at ${name}.`,
  retireProduction: ({ production }: { production: string | null }) => `Retire ${production}?`,
  nobodyIsInCharge: 'Nobody is in charge of this name then. Rolling back puts it in charge again.',
  aliasTakenAway: 'Alias taken away',
  aliasMoved: 'Alias moved',
  noVersion: 'no version',
  pointAliasToVersion: 'Point an alias to a version?',
  aliasOfYourOwn: ({ own, ownList }: Values<'ownList'> & Counts<'own'>) =>
    [
      'An alias of your own, such as challenger, changes nothing that is in use; the journal has it.',
      ...(own === 0 ? [] : [own === 1 ? `There is ${ownList}.` : `There are ${ownList}.`]),
    ].join(' '),
  takeItAway: 'Take it away',
  pointItThere: 'Point it there',
  challenger: 'challenger',
  noneAliasGoes: 'None: the alias goes',

  // Name page
  trainAgain: 'Train again',
  backToRegistry: 'Back to registry',
  nobodyIsInProduction: 'Nobody is in production',
  versionIsInProductionSince: ({ production, since }: Values<'production' | 'since'>) =>
    `Version ${production} is in production since ${since}`,
  versionsTable: 'Versions, table',
  actions: 'Actions',
  exportVersion: ({ version }: Values<'version'>) => `Export ${version}`,
  model: 'The model',
  askGateOfVersion: ({ version }: Values<'version'>) => `Ask the gate of ${version}`,
  ask: 'Ask',
  production: 'Production',
  staging: 'Staging',
  updateWithNewCandlesLabel: ({ version }: Values<'version'>) => `Update ${version} with new candles`,
  update: 'Update',
  promoteVersionLabel: ({ version }: Values<'version'>) => `Promote ${version}`,
  promote: 'Promote',

  // Schedule fields
  searchHyperParameters: 'Search hyper-parameters in so many trials first; none: no search.',
  force: 'Force',
  doNotCompareWithWhat: 'Do not compare with what is in production. It stands in the journal for ever.',
  skipValidation: 'Skip validation',
  askForNoTestWindows: 'Ask for no test windows, thresholds and verdict. It stands in the journal for ever.',

  // Schedule times
  noTimes: 'No times',
  nextHere: 'Next, here',
  itWouldBe: ({ sentence }: Values<'sentence'>) => `It would be: ${sentence}`,
  cron: 'Cron',
  minuteHour: 'Minute, hour, day of the month, month, day of the week (0 is Sunday).',
  itsSummerTimeIsKept: 'Its summer time is kept.',
  nextTimesOf: ({ of }: Values<'of'>) => `Next times of ${of}`,
  textInZone: ({ text, zone }: Values<'text' | 'zone'>) => `, ${text} in ${zone}`,

  // Schedule dialog
  thereIsScheduleAlready: ({ name }: Values<'name'>) => `There is a schedule ${name} already.`,
  smallLettersDigits: 'Small letters, digits, dashes and underscores, a letter first.',
  scheduleIsOn: ({ name }: Values<'name'>) => `Schedule ${name} is on`,
  atTheseTimesItTrains:
    'At these times it trains, validates and compares, and puts in charge what the gate passes.',
  makeSchedule: 'Make schedule',
  mondays: 'mondays',
  newScheduleWord: 'the new schedule',
  whatTrains: ({ name }: Values<'name'>) => `What ${name} trains`,
  whatIsTrained: ({ sentence }: Values<'sentence'>) =>
    `${sentence}: what is trained then, and how. What was trained by it stays.`,
  nameIsRemoved: ({ name }: Values<'name'>) => `${name} is removed`,
  removeName: ({ name }: Values<'name'>) => `Remove ${name}?`,
  nothingBeginsByItAny: ({ sentence, title }: Values<'sentence' | 'title'>) =>
    `${sentence}: ${title}. Nothing begins by it any more; what it trained stays.`,
  removeSchedule: 'Remove schedule',
  whatItTrains: 'What it trains',
  everyNameInProduction: 'Every name in production',
  oneName: 'One name',
  eachIsTrainedAnew: 'Each is trained anew as it is, on the newest bars.',
  noSearch: 'no search',
  dryRun: 'Dry run',
  trainValidateAndCompare: 'Train, validate and compare, but promote nothing.',
  target: 'Target',
  horizonBars: 'Horizon, bars',

  // Schedule panel
  scheduleName: ({ name }: Values<'name'>) => `Schedule ${name}`,
  trainedValidatedCompared: ({ title }: Values<'title'>) =>
    `${title}: trained, validated, compared, and put in charge where the gate passes it.`,
  on: 'On',
  off: 'Off',
  nameIsOn: ({ name }: Values<'name'>) => `${name} is on`,
  changeWhatTrains: ({ name }: Values<'name'>) => `Change what ${name} trains`,
  change: 'Change',
  removeNameLabel: ({ name }: Values<'name'>) => `Remove ${name}`,
  remove: 'Remove',
  runNowName: ({ name }: Values<'name'>) => `Run now: ${name}`,
  runNow: 'Run now',
  sentenceInWindow: ({ sentence, enabled }: Choices<'enabled'> & { sentence: ReactNode }) =>
    enabled
      ? rich`${sentence}, in the window or server that is open then. What is missed is made up for once, at the next start.`
      : rich`${sentence}. It is off: nothing begins by itself.`,
  missedWasItIsMade: ({ missed }: Values<'missed'>) => `${missed} was missed; it is made up for now.`,
  lastRuns: 'Last runs',
  lastRunsOf: ({ name }: Values<'name'>) => `Last runs of ${name}`,
  saveTimes: 'Save times',
  promotedOf: ({ promoted }: Values<'promoted'>) => `${promoted} promoted`,
  refusedByGate: ({ refused }: Values<'refused'>) => `${refused} refused by the gate`,
  failed: ({ failed }: Values<'failed'>) => `${failed} failed`,
  runNameNow: ({ name }: Values<'name'>) => `Run ${name} now?`,
  trainedOnNewestBarsValidated: ({ title }: Values<'title'>) =>
    `${title}: trained on the newest bars, validated, compared, and put in charge where the gate passes it. The schedule itself stays as it is.`,
  runWithThatLeftOut: 'Run with that left out',
  asScheduleSays: 'as the schedule says',

  // Names
  registry: 'Registry',
  whichModelIsInUse: 'Which model is in use, since when, and what was before',
  trainAllAgain: 'Train all again',
  names: 'Names',
  nameIsPlaceOfUse: 'A name is a place of use: a market, and the regime that a model trades alone in.',
  nothingIsRegisteredYet: 'Nothing is registered yet',
  chooseChampion: 'Choose a champion',
  trainForProduction:
    'Train for production, or make a champion a candidate: its page in Evidence has a button for it.',
  namesTable: 'Names, table',
  inProduction: 'In production',
  candidate: 'Candidate',
  nobody: 'Nobody',
};
