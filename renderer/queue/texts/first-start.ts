/** All that is said before there is anything. */
export const texts = {
  // First start
  welcomeToRegimen: 'Welcome to Regimen',
  trainWholeGridOfForex:
    'Train a whole grid of forex models, test each of them with every strategy, and keep the few that lead a market regime.',
  modelsSymbolsTimeframesHistoryHorizons:
    'Models, symbols, timeframes, history, horizons: every combination is one model.',
  letItTrain: 'Let it train',
  pauseCloseOrPull: 'Pause, close or pull the plug: it goes on where it was.',
  meetChampions: 'Meet the champions',
  bestModelAndStrategy: 'The best model and strategy of each market regime, after costs.',
  tryWithDemoData: 'Try with demo data',
  importMyOwnData: 'Import my own data',
  demoMarketIsMadeUp:
    'The demo market is made up: three symbols with known regimes, ready in a second. It is marked wherever it shows.',
};
