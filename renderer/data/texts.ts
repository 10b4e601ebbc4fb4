import type { ReactNode } from 'react';
import { plural } from '../ui/format.ts';
import { type Counts, type Marks, rich, type Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // In several places
  buildGridWithIt: 'Build a grid with it',
  importProgress: 'Import progress',
  file: 'File',
  series: 'Series',
  countOfFiles: ({ files }: Counts<'files'>) => plural(files, 'file'),
  candlesOf: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) => `Candles of ${symbol} ${timeframe}`,

  // Cost fields
  inPriceUnits: 'in price units',
  percentOfPrice: '% of the price',
  pips: 'pips',
  spread: 'Spread',
  askMinusBid: 'Ask minus bid. Without one it can’t be trained on.',
  spreadIs: 'Spread is',
  keptInSettings: 'Kept in the settings.',
  commissionPercentPerSide: 'Commission, % per side',

  // Costs
  kindText: {
    pair: 'Currency pair',
    metal: 'Metal',
    crypto: 'Crypto',
    index: 'Index',
    energy: 'Energy',
    other: 'Other',
  },

  // File lines
  firstLinesOfFile: 'First lines of the file',
  rowsThatCantBeRead: "Rows that can't be read",
  rowCantBeRead: ({ total }: Counts<'total'>) => `${plural(total, 'row')} can’t be read and will be left out`,
  rowLine: ({
    countedIn,
    line,
    reason,
    text,
  }: Values<'countedIn' | 'line' | 'reason'> & { text: ReactNode }) =>
    rich`${countedIn === 'row' ? 'Row' : 'Line'} ${line}: ${reason} ${text}`,
  andMore: ({ total }: Values<'total'>) => `… and ${total} more`,

  // Reading fields
  unitText: {
    points: 'Points of the last digit',
    pips: 'Pips',
    price: 'Price units',
  },
  orderText: {
    dmy: 'Day, month, year',
    mdy: 'Month, day, year',
    ymd: 'Year, month, day',
  },
  whenBarOpened: 'When a bar opened',
  whenBarClosed: 'When a bar closed',
  weekendText: {
    keep: 'Days of their own',
    merge: 'Joined with the day they belong to',
    drop: 'Left out',
  },
  spreadsAreIn: 'Spreads are in',
  fileHasNoSpreads: 'The file has no spreads',
  shortDatesAre: 'Short dates are',
  asWholeFileSuggests: 'As the whole file suggests',
  stampsTell: 'Stamps tell',
  asFormatSays: 'As the format says',
  weekendDays: 'Weekend days',
  daysOfTheirOwn: 'Days of their own, if there are any',

  // Time zones
  sources: {
    format: 'the format says so',
    stamp: 'written in the file',
    given: 'chosen by you',
    inferred: 'told from its weekends',
    default: 'assumed; the file does not say',
  },

  // Undo
  undoActions: {
    import: 'import',
    replace: 'replacement',
    remove: 'removal',
    demo: 'demo market',
    watch: 'watched bars',
    append: 'sent bars',
  },
  itIsNotStored: 'It is not stored, as before.',
  barAgain: ({ bars }: Counts<'bars'>) => `${plural(bars, 'bar')} again.`,
  nothingOlderOfItCan: 'Nothing older of it can be undone.',
  olderChangeOfItCan: ({ olderChanges }: Counts<'olderChanges'>) =>
    `${plural(olderChanges, 'older change')} of it can be undone.`,
  symbolTimeframe: ({ symbol, timeframe, action }: Values<'symbol' | 'timeframe' | 'action'>) =>
    `${symbol} ${timeframe}: ${action} undone`,
  undo: 'Undo',
  actionOfSource: ({ action, source }: Values<'action' | 'source'>) => `${action} of ${source}`,
  undoOf: ({ action, symbol, timeframe }: Values<'action' | 'symbol' | 'timeframe'>) =>
    `Undo ${action} of ${symbol} ${timeframe}`,

  // Import preview
  symbolTimeframeImported: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) =>
    `${symbol} ${timeframe} imported`,
  barAddedChangedAlreadyThere: ({ bars, changed, same }: Values<'changed' | 'same'> & Counts<'bars'>) =>
    `${plural(bars, 'bar')} added, ${changed} changed, ${same} already there`,
  importName: ({ name }: Values<'name'>) => `Import ${name}`,
  eurusd: 'EURUSD',
  lengthOfBar: 'Length of a bar',
  timeZoneOfFile: 'Time zone of the file',
  dividePricesBy: 'Divide prices by',
  dropWhatIsStored: 'Drop what is stored of it',
  otherwiseBarsAreJoined: 'Otherwise the bars are joined with those that are stored.',
  goodToKnow: 'Good to know',
  importBar: ({ bars }: Counts<'bars'>) => `Import ${plural(bars, 'bar')}`,
  format: 'Format',
  barsFirstToLast: ({ bars, first, last }: Values<'bars' | 'first' | 'last'>) =>
    `${bars}, ${first} to ${last}`,
  priceScale: 'Price scale',
  asQuoted: 'As quoted',
  dividedBy: ({ priceScale }: Values<'priceScale'>) => `Divided by ${priceScale}`,
  roundTrip: 'A round trip',
  costsAreNotKnown: 'Costs are not known',
  costsRoundTrip: ({ roundTrip }: Values<'roundTrip'>) => `costs ${roundTrip}`,
  duplicates: 'Duplicates',
  rowThatComeTwice: ({ duplicates }: Counts<'duplicates'>) => `${plural(duplicates, 'row')} that come twice`,

  // Several files
  fileImported: ({ files }: Counts<'files'>) => `${plural(files, 'file')} imported`,
  barAddedTo: ({ added, series }: Values<'series'> & Counts<'added'>) =>
    `${plural(added, 'bar')} added to ${series}`,
  severalFiles: 'Several files',
  whatFilesHold: 'What the files hold',
  whatEachFileGave: 'What each file gave',
  added: 'Added',
  fromTo: 'From, to',
  changedAlreadyThere: 'Changed, already there',
  outcome: 'Outcome',
  firstToLast: ({ first, last }: Values<'first' | 'last'>) => `${first} to ${last}`,
  imported: 'Imported',
  fileLeftOut: ({ files }: Counts<'files'>) =>
    `${plural(files, 'file')} left out: their names are not those of market data.`,
  importFile: ({ files }: Counts<'files'>) => `Import ${plural(files, 'file')}`,
  notImported: 'Not imported',

  // Import panel
  importMarketData: 'Import market data',
  readingName: ({ name }: Values<'name'>) => `Reading ${name} …`,
  letGoToLook: 'Let go to look at what it is',
  dropFilesOrFolderHere: 'Drop files or a folder here: MetaTrader, Dukascopy, HistData or any CSV of candles',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose folder',

  // Series chart
  closeChart: 'Close the chart',
  allBar: ({ bars }: Counts<'bars'>) => `All ${plural(bars, 'bar')}, colored by regime.`,
  newestOfBar: ({ time, bars }: Values<'time'> & Counts<'bars'>) =>
    `The newest ${time} of ${plural(bars, 'bar')}, colored by regime. Drag to those before.`,

  // Quality
  gapBarMissing: ({ gaps, bars }: Counts<'gaps' | 'bars'>) =>
    `${plural(gaps, 'gap')}, ${plural(bars, 'bar')} missing`,
  stretchesWithoutBarsAtTimes:
    'Stretches without bars at times at which the market trades. Trades are never held across bars that are not there.',
  fromToTo: ({ from, to, bars }: Values<'from' | 'to'> & Counts<'bars'>) =>
    `${from} to ${to} (${plural(bars, 'bar')})`,
  countOfDailyBarsInside: ({ count }: Counts<'count'>) =>
    plural(count, 'daily bar inside', 'daily bars inside'),
  barsThatHoldTheirWhole:
    'Bars that hold their whole day’s range: daily candles have leaked into intraday data. Import a clean file.',
  countOfImpossibleBars: ({ impossibleBars }: Counts<'impossibleBars'>) =>
    plural(impossibleBars, 'impossible bar'),
  openOrCloseLiesOutside: 'Open or close lies outside low to high. The source is damaged there.',
  countOfJumps: ({ jumps }: Counts<'jumps'>) => plural(jumps, 'jump'),
  trueRangeAboveTenTimes: 'True range above ten times the usual. News, or a wrong price.',
  countOfBarsOffRaster: ({ count }: Counts<'count'>) =>
    plural(count, 'bar off the raster', 'bars off the raster'),
  openingTimesThatDo: 'Opening times that do not fit the timeframe. Often a wrong timeframe or time zone.',
  countOfWeekendBars: ({ weekendBars }: Counts<'weekendBars'>) => plural(weekendBars, 'weekend bar'),
  barsInsideWeekend: 'Bars inside the weekend. Often a wrong time zone.',
  countOfWeekendStubs: ({ weekendStubs }: Counts<'weekendStubs'>) => plural(weekendStubs, 'weekend stub'),
  dailyBarsThatHoldOnly:
    'Daily bars that hold only the few hours of a Saturday or Sunday. Import again with “Weekend days” joined or left out.',
  countOfFlatBars: ({ flatBars }: Counts<'flatBars'>) => plural(flatBars, 'flat bar'),
  openHigh: 'Open, high, low and close are all equal: nothing was traded, or the source filled in a hole.',
  countOfDuplicateRows: ({ duplicateRows }: Counts<'duplicateRows'>) =>
    plural(duplicateRows, 'duplicate row'),
  rowsThatSaySame: 'Rows that say the same of a bar as another one; each bar was taken once.',

  // Series table
  seriesRemoved: 'Series removed',
  storedSeriesTable: 'Stored series, table',
  actions: 'Actions',
  removeSymbolTimeframe: ({ symbol, timeframe }: Values<'symbol' | 'timeframe'>) =>
    `Remove ${symbol} ${timeframe}`,
  removeName: ({ name }: Values<'name'>) => `Remove ${name}?`,
  runsAndChampions: 'Runs and champions that were trained on its candles stay. It can be undone for a month.',
  removeSeries: 'Remove series',
  keepSeries: 'Keep series',
  notKnown: 'not known',
  nothing: 'nothing',
  nothingOdd: 'Nothing odd',
  forExample: ({ examples }: Values<'examples'>) => `For example ${examples}.`,

  // Watched panel
  upToDate: 'Up to date',
  waits: 'Waits',
  leftAlone: 'Left alone',
  gone: 'Gone',
  watchFolder: 'Watch a folder',
  watching: 'Watching',
  itsFilesAreImported: ({ folder }: Values<'folder'>) => `${folder}: its files are imported as they grow.`,
  watchedFolders: 'Watched folders',
  whatTerminalExportsThere:
    'What a terminal exports there is joined as its bars close, while Regimen is open. What is not certain is left alone and said.',
  folder: 'Folder',
  oneInWorkspace: ({ code }: Marks<'code'>) =>
    rich`One in the workspace; any other: ${code('regimen market watch FOLDER')}`,
  timeZoneOfItsFiles: 'Time zone of its files',
  whereTheyDoNotSay: 'Where they do not say it themselves',
  asEachFileTells: 'As each file tells',
  watch: 'Watch',
  watchFolderText: 'Watch a folder …',
  folderIsNoLongerWatched: ({ folder }: Values<'folder'>) =>
    `${folder} is no longer watched; what was imported stays`,
  watchedFolder: ({ folder }: Values<'folder'>) => `Watched folder ${folder}`,
  watchedByAnotherProcess: 'watched by another process',
  watchedInMoment: 'watched in a moment',
  timesAs: ({ zone }: Values<'zone'>) => `times as ${zone}`,
  watchItNoMore: 'Watch it no more; what was imported stays',
  watchNoMore: ({ folder }: Values<'folder'>) => `Watch ${folder} no more`,
  noFileOfMarketData: 'No file of market data was read in it yet.',
  filesOf: ({ folder }: Values<'folder'>) => `Files of ${folder}`,
  whatBecameOfIt: 'What became of it',

  // Market tab
  demoMarketLoaded: 'Demo market loaded',
  countOfSyntheticSeries: ({ syntheticSeries }: Counts<'syntheticSeries'>) =>
    plural(syntheticSeries, 'synthetic series', 'synthetic series'),
  storedSeries: 'Stored series',
  longerTimeframesAreMade: 'Longer timeframes are made from these where a grid asks for them.',
  restoreDemoMarket: 'Restore demo market',
  loadDemoMarket: 'Load demo market',
  noMarketDataYet: 'No market data yet',
  importFileAbove: 'Import a file above, or load the demo market to look around.',

  // Verify panel
  verify: 'Verify',
  readsDatabaseCandlesModels:
    'Reads database, candles, models, checkpoints and backups through and compares them with their checksums. Changes nothing. Done by itself once a week, while nothing is trained.',
  notVerifiedYet: 'Not verified yet.',
  databaseCandleFileModel: ({
    candles,
    models,
    checkpoints,
    backups,
  }: Counts<'candles' | 'models' | 'checkpoints' | 'backups'>) =>
    `the database, ${plural(candles, 'candle file')}, ${plural(models, 'model')}, ${plural(checkpoints, 'checkpoint')} and ${plural(backups, 'backup')}`,
  allWas: ({ when, read }: Values<'when' | 'read'>) => `All was as it was written on ${when}: ${read}.`,
  notAsItWasWritten: 'Not as it was written',
  oneThing: ({ problems, when }: Values<'when'> & Counts<'problems'>) =>
    `${problems === 1 ? 'One thing was' : `${problems} things were`} not as written on ${when}`,
  read: ({ read }: Values<'read'>) => `Read: ${read}.`,
  noCheckpointOrBackup: 'No checkpoint or backup that was found has it.',
  canBeHadFrom: ({ from }: { from: ReactNode }) => rich`Can be had from: ${from}`,

  // Storage tab
  modelsOnDisk: 'Models on disk',
  onlyChampionsKeepTheirModel: ({ workspace }: { workspace: ReactNode }) =>
    rich`Only champions keep their model file. Workspace: ${workspace}`,
  storage: 'Storage',
  fileIsLeftAlone: ({ left }: Counts<'left'>) =>
    ` ${plural(left, 'file is', 'files are')} left alone: this database is not known to have written them.`,
  modelFileOfKeptRun: ({ missing }: Counts<'missing'>) =>
    ` The model file of ${plural(missing, 'kept run', 'kept runs')} is missing.`,
  cleanedUp: 'Cleaned up',
  freedBytesFreed: ({ freedBytes }: Values<'freedBytes'>) => `${freedBytes} freed`,
  cleanUp: 'Clean up',
  removesOldCheckpointFiles: ({ code }: Marks<'code'>) =>
    rich`Removes old checkpoint files and files that were never finished, moves aside what belongs to no run (for a month, to ${code('orphans')} in the folder of models), compresses model files that have grown old, and leaves old runs whose model was not kept with the figures of their contenders.`,
  chooseAgeOfCheckpointsMyself: 'Choose the age of checkpoints myself',
  olderThanDays: 'Older than, days',
  thereIsNothingToClean: ({ notesOf }: Values<'notesOf'>) => `There is nothing to clean up.${notesOf}`,
  oldCheckpointFileWouldGo: ({ checkpoints }: Counts<'checkpoints'>) =>
    `${plural(checkpoints, 'old checkpoint file')} would go`,
  unfinishedFileOrOldOrphan: ({ goes }: Counts<'goes'>) =>
    `${plural(goes, 'unfinished file or old orphan', 'unfinished files or old orphans')} would go`,
  fileThatBelongs: ({ orphans }: Counts<'orphans'>) =>
    `${plural(orphans, 'file that belongs to no run', 'files that belong to no run')} would be moved aside`,
  modelFileWouldBeCompressed: ({ modelFiles }: Counts<'modelFiles'>) =>
    `${plural(modelFiles, 'model file')} would be compressed`,
  oldRun: ({ shrunk }: Counts<'shrunk'>) =>
    `${plural(shrunk, 'old run that was not kept', 'old runs that were not kept')} would be left with the figures of contenders`,
  wouldBeFreed: ({ freedBytes, notesOf }: Values<'freedBytes' | 'notesOf'>) =>
    `${freedBytes} would be freed${notesOf}`,
  seeWhatWouldGo: 'See what would go',
  cleanUpNow: 'Clean up now?',
  willBeFreed: ({ freedBytes }: Values<'freedBytes'>) =>
    `${freedBytes} will be freed. Results and champions stay. What goes belongs to none of them; it can’t be brought back.`,
  backUpWorkspace: 'Back up the workspace',
  regimenBackup: 'Regimen backup',
  backupRestored: 'Backup restored',
  backup: 'Backup',
  oneArchiveWithCandlesResults:
    'One archive with candles, results, champions and their models. Restoring puts it in the place of what is in this workspace.',
  fileBytes: ({ files, bytes, file }: Values<'bytes'> & Counts<'files'> & { file: ReactNode }) =>
    rich`${plural(files, 'file')}, ${bytes}: ${file}`,
  createBackup: 'Create backup',
  downloadIt: 'Download it',
  showInFolder: 'Show in folder',
  restoreBackup: 'Restore a backup',
  restoreThisBackup: 'Restore this backup?',
  everythingInThisWorkspace: ({ name }: Values<'name'>) =>
    `Everything in this workspace is replaced by what is in ${name}. What is there now moves into a folder “replaced-…” in the workspace, which you may delete.`,
  restore: 'Restore',
  keepWhatIHave: 'Keep what I have',

  // Place
  dataSettings: 'Data & Settings',
  marketData: 'Market data',
  settings: 'Settings',
  storageBackup: 'Storage & backup',
};
