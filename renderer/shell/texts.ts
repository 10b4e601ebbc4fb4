import { formatTime, plural } from '../ui/format.ts';
import type { Counts, Perhaps, Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  keyboardShortcuts: 'Keyboard shortcuts',
  progressOf: ({ name }: Values<'name'>) => `Progress of ${name}`,

  // About dialog
  aboutRegimen: 'About Regimen',
  nothingOfItIsSigned: ({ installed }: Values<'installed'>) =>
    `${installed} Nothing of it is signed, and it never updates itself.`,
  onMacOSAndWindowsArchive:
    'On macOS and Windows the window’s archive is compared with its checksum at each start. That does not cover what lies beside the archive: the threads that train, native modules, and the command line and server with their Node. On Linux nothing is compared.',
  thisPageComesFromServer:
    'This page comes from a server that you started; nothing compares its files with what was delivered.',
  regimenVersion: ({ version }: Values<'version'>) => `Regimen ${version}`,
  lookForNewerOne: 'Look for a newer one',
  regimenIsFreeSoftwareOf: ({ author }: Values<'author'>) =>
    `Regimen is free software of ${author}, under the MIT License`,
  libraries: 'Libraries',
  madeWithLibrary: ({ libraries }: Counts<'libraries'>) =>
    `Made with ${plural(libraries, 'library', 'libraries')}`,
  whatInstalledRegimenBringsBeside:
    'What an installed Regimen brings beside them has its licenses beside the program: Electron, Chromium and Node.js.',
  nameHasNoLicenseFile: ({ name, author }: Values<'name' | 'author'>) =>
    `${name} has no license file of its own. ${author}`,
  licensesCantBeRead: ({ status }: Values<'status'>) =>
    `The licenses can’t be read: about.json answered ${status}. NOTICES.txt has them.`,

  // Connection notice
  regimenDoesNotAnswer: 'Regimen does not answer',
  regimenWasStartedAgain: 'Regimen was started again',
  nothingThatWasTrained: ({ connection }: Values<'connection'>) =>
    connection === 'lost'
      ? 'Nothing that was trained is lost, and what you are writing stays here. Start it again if it has ended: this page goes on by itself.'
      : 'This browser is not known there. Open the link that it printed when it was started last; what you are writing stays here.',
  tryNow: 'Try now',
  nextTryInSecond: ({ seconds }: Counts<'seconds'>) => `Next try in ${plural(seconds, 'second')}.`,

  // Drop mark
  letGo: 'Let go: a GRID.yaml opens in the builder, other files and folders are looked at for import',

  // Error boundary
  thisPageHasFailed: 'This page has failed',
  trainingGoesOn: 'Training goes on; the other pages still work.',

  // Places
  today: 'Today',
  trainingQueue: 'Training Queue',
  queue: 'Queue',
  regimeAnalysis: 'Regime Analysis',
  registry: 'Registry',
  trainingHistory: 'Training History',
  dataSettings: 'Data & Settings',
  data: 'Data',

  // Logo
  regimen: 'Regimen',

  // Shortcuts dialog
  goTo: ({ label }: Values<'label'>) => `Go to ${label}`,
  searchOrDoAnything: 'Search, or do anything',
  newGrid: 'New grid',
  importMarketData: 'Import market data',
  pauseOrResumeTraining: 'Pause or resume training',
  switchBetweenDarkAndLight: 'Switch between dark and light',
  showTheseShortcuts: 'Show these shortcuts',

  // Rail
  places: 'Places',
  commandPaletteCtrlK: 'Command palette (Ctrl+K)',
  commandPalette: 'Command palette',
  switchToTheme: ({ other }: Values<'other'>) => `Switch to ${other} theme`,

  // Lost results dialog
  nameIsBack: ({ name }: Values<'name'>) => `${name} is back`,
  resultsAreMissing: 'Results are missing',
  databaseLacksResultsThatCheckpoints:
    'The database lacks results that checkpoints hold: it was damaged or cut, or is an older copy. Nothing is trained or removed until you decide.',
  resultMissingOfInWritten: ({
    missing,
    results,
    checkpoint,
    createdAt,
  }: Values<'missing' | 'checkpoint' | 'createdAt'> & Counts<'results'>) =>
    `${missing} of ${plural(results, 'result')} missing, all of them in ${checkpoint}, written ${createdAt}`,
  newerButDamaged: ({ unreadable }: Values<'unreadable'>) => `Newer, but damaged: ${unreadable}`,
  restoreName: ({ name }: Values<'name'>) => `Restore ${name}`,
  restore: 'Restore',
  goOnWithoutResultsOf: ({ name }: Values<'name'>) => `Go on without the results of ${name}`,
  goOnWithout: 'Go on without',

  // Use notices
  resumedQueueId: ({ queueId }: Values<'queueId'>) => `resumed ${queueId}`,
  goesOn: ({ name }: Values<'name'>) => `${name} goes on`,
  trainingWasInterruptedAndHas:
    'Training was interrupted and has been resumed. Every finished result was safe.',
  expiredVersion: ({ version }: Values<'version'>) => `expired ${version}`,
  versionExpired: 'A version expired',
  staleVersion: ({ version }: Values<'version'>) => `stale ${version}`,
  versionIsStale: 'A version is stale',
  oneThingIs: 'One thing is',
  thingsAre: ({ problems }: Values<'problems'>) => `${problems} things are`,
  notAsWritten: ({ what, at }: Values<'what' | 'at'>) =>
    `${what} not as written, by the verification of ${at}. Storage & backup in Data & Settings says what, and what brings it back.`,
  doneKeptFailed: ({
    done,
    past,
    kept,
    failed,
  }: Values<'done' | 'past'> & Perhaps<'kept'> & { failed: number }) =>
    kept === null
      ? failed === 0
        ? `${done} ${past}`
        : `${done} ${past}, ${failed} failed`
      : failed === 0
        ? `${done} ${past}, ${kept} kept now`
        : `${done} ${past}, ${kept} kept now, ${failed} failed`,
  nameIsComplete: ({ name }: Values<'name'>) => `${name} is complete`,
  asksWhetherToGoOn: ({ name }: Values<'name'>) => `${name} asks whether to go on`,
  nameHasStopped: ({ name }: Values<'name'>) => `${name} has stopped.`,
  nameIsPaused: ({ name }: Values<'name'>) => `${name} is paused`,
  newChampion: 'New champion',
  newChampions: ({ news }: Values<'news'>) => `${news} new champions`,
  leadsOnAndMore: ({
    modelType,
    regime,
    symbol,
    timeframe,
    news,
  }: Values<'modelType' | 'regime' | 'symbol' | 'timeframe'> & Counts<'news'>) =>
    news === 1
      ? `${modelType} leads ${regime} on ${symbol} ${timeframe}`
      : `${modelType} leads ${regime} on ${symbol} ${timeframe}, and more`,

  // Recovery dialog
  trainingWasInterrupted: 'Training was interrupted',
  regimenDidNotShutDown:
    'Regimen did not shut down properly. Every finished result is safe; only the models that were in work train again.',
  doneModelRemainingInterrupted: ({
    progress,
    models,
    crashedAt,
  }: Values<'progress'> & Counts<'models'> & { crashedAt: string | null }) =>
    crashedAt === null
      ? `${progress} done, ${plural(models, 'model')} remaining`
      : `${progress} done, ${plural(models, 'model')} remaining, interrupted ${formatTime(crashedAt)}`,
  resumeName: ({ name }: Values<'name'>) => `Resume ${name}`,
  resume: 'Resume',

  // Status bar
  connection: {
    connecting: 'Connecting …',
    open: 'Engine ready',
    lost: 'Connection lost. Trying again …',
    refused: 'A new link is needed',
  },
  nothingIsTraining: 'Nothing is training',
  remainingSecondsLeft: ({ remainingSeconds }: Values<'remainingSeconds'>) => `${remainingSeconds} left`,

  // App
  skipToContent: 'Skip to content',
};
