import { formatTime } from '../ui/format.ts';
import type { Choices, Counts, Values } from '../ui/sentence.ts';
import { common } from '../ui/texts/common.ts';

/** All that this room says. */
export const texts = {
  // In several places
  alerts: 'Alerts',
  markets: 'Markets',

  // Alert events
  alertEventTitles: {
    'signal-changed': 'Signal changed',
    'regime-changed': 'Regime changed',
    'version-stale': 'Version stale',
    'job-done': 'Job done',
    'gate-failed': 'Gate failed',
    'data-late': 'Data late',
  },

  // New target
  thisDesktop: 'This desktop',
  webhook: 'Webhook',
  file: 'File',
  nameIsToldFromNow: ({ name }: Values<'name'>) => `${name} is told from now on.`,
  tellSomebody: 'Tell somebody',
  whereTo: 'Where to',
  linesOfJson: 'Lines of JSON, in the folder exports of the workspace',
  all: 'All',
  events: 'Events',
  tellNames: 'Tell names, figures and reasons, too',
  add: 'Add',
  whoseMessages: 'Whose messages',
  address: 'Address',
  topic: 'Topic',
  chatId: 'Chat id',
  forWhomTo: 'For whom, {{to}}',
  keyOfSignature: 'Key of the signature',
  optionalXRegimenSignature: 'Optional: X-Regimen-Signature, HMAC-SHA256',
  writeMessageMyself: 'Write the message myself',
  message: 'Message',
  jsonWithIdAtEvent: 'JSON with {{id}} {{at}} {{event}} {{symbol}} {{timeframe}} {{title}} {{text}} {{to}}',

  // Alerts panel
  webhooksGoToAloneLive: ({ hosts }: Values<'hosts'>) => `Webhooks go to ${hosts} alone (live.alert_hosts).`,
  noHost: 'no host',
  nobodyIsToldOfAnything: 'Nobody is told of anything yet.',
  couldNotBeSent: 'Could not be sent:',
  alertsThatCould: 'Alerts that could not be sent',
  titleForTargetAt: ({ title, target, at }: Values<'title' | 'target' | 'at'>) =>
    `${title} for ${target}, ${at}:`,
  itIsGivenUp: ({ nextAt }: { nextAt: string | null }) =>
    `. ${nextAt === null ? 'It is given up.' : `It is tried again at ${formatTime(nextAt)}.`}`,
  tryAllAgain: 'Try all again',
  itHasArrived: 'It has arrived',
  tookTest: ({ name }: Values<'name'>) => `${name} took the test.`,
  presetAtToSigned: ({
    preset,
    to,
    isSigned,
  }: Choices<'isSigned'> & { preset: string | null; to: string | null }) =>
    `${preset} at ${to}${isSigned ? ', signed' : ''}`,
  thisDesktopText: 'this desktop',
  allEvents: 'All events',
  marketsWithDetails: ({ markets, details }: Values<'markets'> & Choices<'details'>) =>
    details ? `${markets}; with details` : `${markets}; without details`,
  allMarkets: 'all markets',
  waiting: ({ waiting }: Values<'waiting'>) => `${waiting} waiting`,
  test: 'Test',
  removeName: ({ name }: Values<'name'>) => `Remove ${name}`,
  tellNoMore: ({ name }: Values<'name'>) => `Tell ${name} no more?`,
  alertThatWaits: ({ waiting }: Counts<'waiting'>) =>
    [
      ...(waiting === 0
        ? []
        : [
            waiting === 1
              ? '1 alert that waits for it goes with it.'
              : `${waiting} alerts that wait for it go with it.`,
          ]),
      'It can’t be taken back: addresses and keys are never read out again, so it would have to be set up anew.',
    ].join(' '),
  removeIt: 'Remove it',
  remove: 'Remove',

  // Portfolio panel
  allTogether: 'All together',
  howAlikeChampionsAndVersions:
    'How alike champions and versions trade, how deep they fall together, and how much of one currency they hold at once.',
  openedHoldouts: 'Opened holdouts',
  cap: 'cap ',
  capOnPositionsOfOne: 'Cap on positions of one currency',
  workItOut: 'Work it out',
  itIsWorkedOutWhen: 'It is worked out when you ask: every champion is traded once more.',
  nobodyToPutTogether: 'Nobody to put together',
  trainGridFirst: 'Train a grid first: its champions stand here.',
  afterCostsWithSameShare: ({
    totalReturn,
    buyAndHold,
    jointDrawdown,
    meanDrawdown,
  }: Values<'totalReturn' | 'buyAndHold' | 'jointDrawdown' | 'meanDrawdown'>) =>
    `${totalReturn} after costs with the same share of capital in each market, flat 0 %, buy and hold ${buyAndHold}. Deepest joint drawdown ${jointDrawdown}, mean of the markets’ own ${meanDrawdown}. `,
  championsWereChosenOnThis:
    'Champions were chosen on this window: together they look better on it than they are.',
  nothingWasChosenOnThese: 'Nothing was chosen on these bars.',
  exposureByCurrencyInPositions: ({ cap }: Values<'cap'>) =>
    `Exposure by currency, in positions (cap ${cap})`,
  currency: 'Currency',
  mostAt: ({ zone }: Values<'zone'>) => `Most at (${zone})`,
  timeAbove: ({ cap }: Values<'cap'>) => `Time above ${cap}`,
  correlationOfDailyResults: 'Correlation of daily results',
  of1TheyWin: '1: they win and lose on the same days. Two that go together are one bet twice.',
  no: 'No',
  itselfOrFewer: 'itself, or fewer than 20 days in common',
  notes: 'Notes',
  together: 'Together',
  equityStart1: `${common.equity}, start = 1`,
  oneCurve: 'One curve',
  eachMarketWithOnePosition:
    'Each market with one position, its champions relieving each other by regime. Flat is the line at 1.',
  togetherBuyAndHold: ({ together, buyAndHold }: Values<'together' | 'buyAndHold'>) =>
    `Together ${together}, buy and hold ${buyAndHold} at the end`,
  togetherAfterCosts: 'Together, after costs',
  buyAndHoldWithoutCosts: 'Buy and hold, without costs',
  day: 'Day',
  daysOfMarket: 'Days of the market',
  championsAndVersions: 'Champions and versions',
  versionTestWindows: ({ name }: Values<'name'>) => `${name} (version, test windows of its gate)`,
  titleTable: ({ title }: Values<'title'>) => `${title}, table`,

  // Signal card
  demoMarket: 'Demo market',
  noVersion: 'No version',
  noSignal: 'No signal',
  entry: 'Entry',
  exit: 'Exit',
  bar: 'Bar',
  forecast: 'Forecast',
  ofRegime: ({ regime }: Values<'regime'>) => `of ${regime}`,
  who: 'Who',
  versionsOf: ({ isVersion, name }: Values<'name'> & Choices<'isVersion'>) =>
    `${isVersion ? 'Versions' : 'Evidence'} of ${name}`,
  notValidated: 'not validated',

  // Place
  whatModelsInChargeSay: ({ noOrders }: Values<'noOrders'>) =>
    `What the models in charge say of the newest candles. ${noOrders}`,
  importOrWatchCandles: 'Import or watch candles',
  signals: 'Signals',
  thereIsNobodyToAsk: 'There is nobody to ask yet',
  putVersionInCharge: 'Put a version in charge',
  trainModelsAndPutVersion:
    'Train models and put a version in charge, or let a champion of a trained grid speak. Each market then has a card here with its newest candle, its signal, and why where there is none.',
  lookedAt: ({ signals, at }: Values<'signals' | 'at'>) => `${signals} Looked at ${at}.`,
};
