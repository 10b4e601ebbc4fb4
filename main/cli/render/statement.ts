import type {
  AccountComparisonDto,
  AccountDto,
  MatchDto,
  StatementDto,
} from '../../../engine/contract/dto/index.ts';
import { netText } from '../../../engine/contract/forward-text.ts';
import { digitsText } from '../../../engine/contract/number-text.ts';
import { count, integer, minute, table } from './format.ts';

const FROM = {
  given: 'as given',
  candles: 'as the candles that were imported last',
  default: 'since nothing says which; --timezone does',
} as const;

export function importedText({
  account,
  format,
  timezone,
  zoneFrom,
  trades,
  open,
  added,
  changed,
  badRows,
}: StatementDto): string {
  const held = open > 0 ? `, ${integer(open)} of them held still` : '';
  const bad = badRows > 0 ? ` ${count(badRows, 'row')} can't be read.` : '';
  return [
    `Account ${account}, ${format}: ${count(trades, 'trade')}${held}; ${integer(added)} new, ${integer(changed)} changed.${bad}`,
    `Times were read as ${timezone}, ${FROM[zoneFrom]}.`,
  ].join('\n');
}

export function accountsText(accounts: readonly AccountDto[]): string {
  if (accounts.length === 0) return 'No statement was imported yet: `regimen statement import FILE`.';
  return table(
    ['Account', 'Trades', 'From (UTC)', 'To (UTC)', 'Symbols'],
    accounts.map(({ account, trades, first, last, symbols }) => [
      account,
      integer(trades),
      minute(first),
      minute(last),
      symbols.join(', '),
    ]),
    ['Trades'],
  );
}

const signed = (value: number | null) => (value === null ? '–' : digitsText(value, 3));

export function comparisonText({
  name,
  version,
  account,
  symbols,
  counts,
  matches,
  curve,
}: AccountComparisonDto): string {
  const { matched, late, missed, extra } = counts;
  const head = `${name}, version ${version}, on paper beside the account ${account} (${symbols.join(', ')}): ${integer(matched)} matched, ${integer(late)} late, ${integer(missed)} missed, ${integer(extra)} extra.`;
  if (matches.length === 0) return `${head}\nNeither has traded in that time.`;
  const columns = [
    'What',
    'Side',
    'Paper (UTC)',
    'Price',
    'Account (UTC)',
    'Price',
    'Later',
    'In worse',
    'Out worse',
    'Paper net',
    'Account net',
  ];
  const rows = matches.map(rowOf);
  const last = `Together ${netText(curve.paper.at(-1) ?? 0)} on paper, ${netText(curve.real.at(-1) ?? 0)} on the account.`;
  return [head, table(columns, rows, columns.slice(6)), last].join('\n');
}

function rowOf({
  kind,
  paper,
  real,
  delaySeconds,
  entryWorse,
  exitWorse,
  paperNet,
  realNet,
}: MatchDto): string[] {
  return [
    kind,
    (paper ?? real)!.direction,
    paper === null ? '–' : minute(paper.entryTime),
    paper === null ? '–' : String(paper.entryPrice),
    real === null ? '–' : minute(real.openTime),
    real === null ? '–' : String(real.openPrice),
    delaySeconds === null ? '–' : `${Math.round(delaySeconds)} s`,
    signed(entryWorse),
    signed(exitWorse),
    paperNet === null ? '–' : netText(paperNet),
    realNet === null ? '–' : netText(realNet),
  ];
}
