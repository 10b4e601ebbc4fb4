import { accountsText, comparisonText, importedText } from '../render/statement.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const statementCommands: readonly CliCommand[] = [
  methodCommand(
    'statement import',
    'statement.import',
    'read the trades of a real account from a statement of MetaTrader 4 or 5, or CSV',
    ['file'],
    importedText,
  ),
  methodCommand(
    'statement list',
    'statement.list',
    'list the accounts whose statements were imported',
    [],
    accountsText,
  ),
  {
    ...methodCommand('statement compare', 'statement.compare', '', ['name'], comparisonText),
    summary: 'hold a forward test against a real account, trade by trade',
    positionals: [{ name: 'name', description: 'SYMBOL TIMEFRAME REGIME, in quotes' }],
  },
  methodCommand(
    'statement remove',
    'statement.remove',
    'forget the trades of an account',
    ['account'],
    ({ removed }) => (removed === 0 ? 'There is no such account.' : `${removed} trades are forgotten.`),
  ),
];
