/** What a column of a table can be for us. */
export type ColumnRole =
  | 'stamp'
  | 'clock'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'spread'
  | 'bidopen'
  | 'bidhigh'
  | 'bidlow'
  | 'bidclose'
  | 'askopen'
  | 'askhigh'
  | 'asklow'
  | 'askclose'
  | 'symbol'
  | 'timeframe'
  | 'complete';

/** Usual spellings by role, best first, as `plainName` writes them. An empty name is the index of a pandas frame. */
const SPELLINGS: Readonly<Record<ColumnRole, readonly string[]>> = {
  stamp: [
    'time',
    'datetime',
    'timestamp',
    'opentime',
    'gmttime',
    'localtime',
    'date',
    'dtyyyymmdd',
    'data',
    'datum',
    'fecha',
    'day',
    'unix',
    'unixtime',
    'unixtimestamp',
    'epoch',
    'ts',
    't',
    'index',
    'unnamed0',
    'closetime',
    'endtime',
    '',
  ],
  clock: ['time', 'czas', 'hour', 'uhrzeit', 'zeit', 'hora'],
  open: ['open', 'openprice', 'o', 'first', 'otwarcie', 'mido', 'midopen'],
  high: ['high', 'highprice', 'h', 'max', 'najwyzszy', 'midh', 'midhigh'],
  low: ['low', 'lowprice', 'l', 'min', 'najnizszy', 'midl', 'midlow'],
  close: ['close', 'closeprice', 'c', 'last', 'zamkniecie', 'price', 'midc', 'midclose'],
  volume: [
    'tickvolume',
    'tickvol',
    'volume',
    'vol',
    'v',
    'ticks',
    'tickqty',
    'wolumen',
    'realvolume',
    'basevolume',
  ],
  spread: ['spread'],
  bidopen: ['bidopen', 'openbid'],
  bidhigh: ['bidhigh', 'highbid'],
  bidlow: ['bidlow', 'lowbid'],
  bidclose: ['bidclose', 'closebid'],
  askopen: ['askopen', 'openask'],
  askhigh: ['askhigh', 'highask'],
  asklow: ['asklow', 'lowask'],
  askclose: ['askclose', 'closeask'],
  symbol: ['symbol', 'ticker', 'pair', 'instrument', 'currencypair', 'asset'],
  timeframe: ['interval', 'timeframe', 'period', 'per', 'tf', 'granularity', 'resolution'],
  complete: ['complete', 'iscomplete', 'closed', 'isclosed', 'final', 'isfinal'],
};

/** `<TICK_VOL>`, `Tick Vol`, `tick_vol` -> `tickvol`; accents and a zone in the name (`Date (UTC)`, `time_utc`) fall away. */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replace(/\((utc|gmt)\)|[ _](utc|gmt)$/g, '')
    .replace(/[^a-z0-9]/g, '');
}

/** Columns with a role, best spelling first. */
export function columnsFor(role: ColumnRole, header: readonly string[]): number[] {
  const plain = header.map(plainName);
  return SPELLINGS[role].flatMap((spelling) => {
    const column = plain.indexOf(spelling);
    return column < 0 ? [] : [column];
  });
}

/** The best column for a role, or undefined. */
export function columnFor(role: ColumnRole, header: readonly string[]): number | undefined {
  return columnsFor(role, header)[0];
}

/** Columns of open, high, low and close, all or none. `side` prefixes the roles of a bid or ask side. */
export function priceColumns(
  header: readonly string[],
  side: '' | 'bid' | 'ask' = '',
): readonly [number, number, number, number] | undefined {
  const found = (['open', 'high', 'low', 'close'] as const).map((role) =>
    columnFor(`${side}${role}`, header),
  );
  const [open, high, low, close] = found;
  if (open === undefined || high === undefined || low === undefined || close === undefined) return undefined;
  return [open, high, low, close];
}
