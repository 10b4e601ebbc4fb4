import { readTimeframe } from '../../../contract/timeframe.ts';
import { marketOfName } from '../../instruments/symbol-names.ts';
import type { Container } from '../tables/table-origin.ts';
import type { SeriesHints, TextFormat } from './format.ts';
import { genericCsv } from './generic-csv.ts';
import type { TextSample } from './sample.ts';

/** Any table out of a container, by its columns as in a CSV, with what stands beside the rows. */
function containerFormat(name: string, container: Container): TextFormat {
  return {
    kind: 'text',
    name,
    title: container,
    recognize(sample) {
      if (sample.origin?.container !== container) return { reason: `it is no ${container} file` };
      const read = genericCsv.recognize(sample);
      if ('reason' in read) return read;
      const { confidence, found } = read;
      return { confidence, found: { ...found, hints: withMeta(found.hints, sample) } };
    },
  };
}

export const json = containerFormat('json', 'JSON');
export const parquet = containerFormat('parquet', 'Parquet');
export const feather = containerFormat('feather', 'Feather');

/** What a container says of its series beside the rows. */
export function withMeta(hints: SeriesHints, { origin }: Pick<TextSample, 'origin'>): SeriesHints {
  const meta = (...names: string[]) =>
    names.map((name) => origin?.meta.get(name)).find((text) => text !== undefined);
  const [from, to] = [meta('from symbol', 'digital currency code'), meta('to symbol', 'market code')];
  const symbol =
    from !== undefined && to !== undefined ? `${from}/${to}` : meta('symbol', 'ticker', 'instrument', 'pair');
  const length = meta('interval', 'granularity', 'timeframe', 'resolution', 'period');
  const timezone = meta('time zone', 'timezone', 'exchange_timezone', 'exchangetimezonename');
  return {
    ...hints,
    symbol: symbol === undefined ? hints.symbol : marketOfName(symbol),
    timeframe: (length === undefined ? undefined : readTimeframe(length)) ?? hints.timeframe,
    timezone: hints.timezone ?? timezone,
  };
}
