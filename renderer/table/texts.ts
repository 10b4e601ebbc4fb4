import type { Values } from '../ui/sentence.ts';

/** All that this room says. */
export const texts = {
  // Column menu
  columns: 'Columns',
  columnsOf: ({ of }: Values<'of'>) => `Columns of the ${of}, in their order`,
  moveToFront: ({ header }: Values<'header'>) => `Move ${header} to the front`,
  moveToBack: ({ header }: Values<'header'>) => `Move ${header} to the back`,
  furtherColumns: 'Further columns',
  usualColumns: 'Usual columns',

  // Condition field
  columnsMustBe: 'Columns must be',
  conditionsWithCommasBetweenThem: ({ columns }: Values<'columns'>) =>
    `Conditions with commas between them, compared with = != > >= < <= or ~ (contains): ${columns}`,

  // Export button
  parquet: 'Parquet',
  exportResults: 'Export results',
  exportResultsText: 'Export Results',
  moreWaysToExport: 'More ways to export',
  shownColumnsAs: ({ formatName }: Values<'formatName'>) => `Shown columns as ${formatName}`,
  allColumnsAsParquet: 'All columns as Parquet',
  allColumnsWithSemicolons: 'All columns with semicolons and decimal commas',
  exportToChosenPlace: 'Export to a chosen place …',
  thereWithSemicolons: 'There, with semicolons and decimal commas …',

  // Views menu
  viewSaved: 'View saved',
  nameOnCommandLine: ({ name, table }: Values<'name' | 'table'>) =>
    `${name}. On the command line: regimen ${table} --view "${name}"`,
  viewIsRemoved: ({ name }: Values<'name'>) => `The view ${name} is removed`,
  linkCopied: 'Link copied',
  itShowsSameColumns: 'It shows the same columns, order and filters.',
  views: 'Views',
  noViewIsSavedYet: 'No view is saved yet. A view keeps columns, order and filters under a name.',
  savedViews: 'Saved views',
  removeView: ({ name }: Values<'name'>) => `Remove the view ${name}`,
  saveWhatIsShownAs: 'Save what is shown as',
  strongOnH4: 'Strong on H4',
  replace: 'Replace',
  copyLinkToThisView: 'Copy link to this view',
};
