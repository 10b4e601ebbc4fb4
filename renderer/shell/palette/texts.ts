import type { ReactNode } from 'react';
import { type Marks, rich, type Values } from '../../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Window commands
  goTo: 'Go to',
  newJob: 'New job',
  doWord: 'Do',
  switchToTheme: ({ other }: Values<'other'>) => `Switch to ${other} theme`,
  colorModeDarkLight: 'color mode dark light',
  newJobWord: 'new job',
  importMarketData: 'Import market data',
  candlesBarsCsvFile: 'candles bars csv file',
  aboutRegimen: 'About Regimen',
  versionLicenseNoticesLibrariesUpdate: 'version license notices libraries update',
  keyboardShortcuts: 'Keyboard shortcuts',
  keysHelp: 'keys help',
  pauseTraining: 'Pause training',
  stopQueueJob: 'stop queue job',
  resumeTraining: 'Resume training',
  goOnQueueJob: 'go on queue job',
  startTraining: 'Start training',
  queueJobNext: 'queue job next',
  showName: ({ name }: Values<'name'>) => `Show ${name}`,
  runningJobProgressLog: 'running job progress log',

  // Workspace commands
  jobs: 'Jobs',
  modelsInRegistry: 'Models in the registry',
  marketData: 'Market data',
  runId: ({ id, subject }: Values<'id' | 'subject'>) => `Run ${id}: ${subject}`,
  championRegimeModelType: ({ regime, modelType }: Values<'regime' | 'modelType'>) =>
    `champion ${regime} ${modelType}`,
  jobIdState: ({ id, state }: Values<'id' | 'state'>) => `Job ${id}, ${state}`,
  queueKindUnit: ({ kind, unit }: Values<'kind' | 'unit'>) => `queue ${kind} ${unit}`,
  nobodyInCharge: 'nobody in charge',
  versionInCharge: ({ production }: Values<'production'>) => `version ${production} in charge`,
  registryVersionProduction: ({ regime }: Values<'regime'>) => `registry version production ${regime}`,
  candles: 'candles',
  marketDataSeriesChart: 'market data series chart',

  // Command palette
  commandPalette: 'Command palette',
  goToDoFind: 'Go to, do, find…',
  upDownChoose: ({ up, down }: { up: ReactNode; down: ReactNode }) => rich`${up} ${down} choose`,
  enterDo: ({ key }: Marks<'key'>) => rich`${key('Enter')} do`,
  escClose: ({ key }: Marks<'key'>) => rich`${key('Esc')} close`,
  commands: 'Commands',
  whatWasFound: 'What was found',
  nothingHereIsCalled: ({ query }: Values<'query'>) =>
    `Nothing here is called “${query}”. Try a market, a regime, a model type or the name of a job.`,
  trainingHistory: 'Training history',
};
