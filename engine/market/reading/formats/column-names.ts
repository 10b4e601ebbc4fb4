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
  | 'complete'
  | 'bid'
  | 'ask'
  | 'price'
  | 'amount';

/** Names of a stamp that tells when a bar closed. */
const CLOSING = ['closetime', 'endtime', 'closedate', 'enddate', 'end'];

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
    'datetimestamp',
    'dateandtime',
    'dtyyyymmdd',
    'data',
    'datum',
    'datumuhrzeit',
    'datumzeit',
    'zeitstempel',
    'fecha',
    'fechahora',
    'dateheure',
    'horodatage',
    'day',
    'unix',
    'unixtime',
    'unixtimestamp',
    'epoch',
    'ts',
    't',
    'starttime',
    'startdate',
    'begin',
    'start',
    'bartime',
    'tradetime',
    'transacttime',
    'candletime',
    'zeit',
    'uhrzeit',
    'hora',
    'heure',
    'index',
    'unnamed0',
    ...CLOSING,
    '',
  ],
  clock: ['time', 'czas', 'hour', 'uhrzeit', 'zeit', 'hora', 'heure', 'timeofday'],
  open: [
    'open',
    'openprice',
    'o',
    'first',
    'otwarcie',
    'eroffnung',
    'eroeffnung',
    'eroffnungskurs',
    'eroffn',
    'erster',
    'ouverture',
    'ouv',
    'apertura',
    'mido',
    'midopen',
  ],
  high: [
    'high',
    'highprice',
    'h',
    'max',
    'najwyzszy',
    'hoch',
    'hochst',
    'hochstkurs',
    'tageshoch',
    'haut',
    'plushaut',
    'maximo',
    'alto',
    'midh',
    'midhigh',
  ],
  low: [
    'low',
    'lowprice',
    'l',
    'min',
    'najnizszy',
    'tief',
    'tiefst',
    'tiefstkurs',
    'tagestief',
    'bas',
    'plusbas',
    'minimo',
    'bajo',
    'midl',
    'midlow',
  ],
  close: [
    'close',
    'closeprice',
    'c',
    'last',
    'zamkniecie',
    'schluss',
    'schlusskurs',
    'zuletzt',
    'cloture',
    'fermeture',
    'dernier',
    'cierre',
    'ultimo',
    'price',
    'midc',
    'midclose',
  ],
  volume: [
    'tickvolume',
    'tickvol',
    'volume',
    'vol',
    'v',
    'ticks',
    'tickqty',
    'wolumen',
    'volumen',
    'stuck',
    'umsatz',
    'realvolume',
    'basevolume',
    'volumebase',
    'volumefrom',
  ],
  spread: ['spread', 'spreadpoints', 'avgspread', 'meanspread'],
  bidopen: ['bidopen', 'openbid', 'bido'],
  bidhigh: ['bidhigh', 'highbid', 'bidh'],
  bidlow: ['bidlow', 'lowbid', 'bidl'],
  bidclose: ['bidclose', 'closebid', 'bidc'],
  askopen: ['askopen', 'openask', 'asko'],
  askhigh: ['askhigh', 'highask', 'askh'],
  asklow: ['asklow', 'lowask', 'askl'],
  askclose: ['askclose', 'closeask', 'askc'],
  symbol: [
    'symbol',
    'ticker',
    'pair',
    'instrument',
    'currencypair',
    'asset',
    'currency',
    'instrumentname',
    'product',
    'productid',
  ],
  timeframe: ['interval', 'timeframe', 'period', 'per', 'tf', 'granularity', 'resolution'],
  bid: ['bid', 'bidprice', 'bestbid'],
  ask: ['ask', 'askprice', 'bestask', 'offer', 'ofr'],
  price: ['price', 'lastprice', 'last', 'tradeprice', 'p'],
  amount: ['qty', 'quantity', 'amount', 'size', 'volume', 'vol', 'q', 'v', 'lastsize'],
  complete: ['complete', 'iscomplete', 'closed', 'isclosed', 'final', 'isfinal'],
};

/** `<TICK_VOL>`, `Tick Vol`, `tick_vol` -> `tickvol`; accents and a zone in the name (`Date (UTC)`, `time_utc`) fall away. */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/\((utc|gmt)\)|[ _](utc|gmt)$/g, '')
    .replace(/[^a-z0-9]/g, '');
}

/** Whether a column of stamps is named like one of closing times. */
export function isClosingName(name: string): boolean {
  return CLOSING.includes(plainName(name));
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
