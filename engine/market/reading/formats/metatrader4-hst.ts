import { EngineError } from '../../../contract/errors.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES } from '../../../contract/timeframe.ts';
import type { BarCollector } from './bar-collector.ts';
import type { BarReader, BinaryFormat } from './format.ts';
import { roundTo } from './number-cell.ts';

/** version int32, copyright 64, symbol 12, period int32 (minutes), digits int32, 60 bytes of bookkeeping. */
const HEADER_BYTES = 148;
const SYMBOL_AT = 68;
const PERIOD_AT = 80;
const DIGITS_AT = 84;

/**
 * v400: time int32, then open, low, high, close, volume as doubles. v401: time int64, open, high, low, close as
 * doubles, tick volume int64, spread int32 (points), real volume int64. Little endian, times in server seconds.
 */
const RECORD_BYTES = { 400: 44, 401: 60 } as const;
type HstVersion = keyof typeof RECORD_BYTES;

/** MetaTrader 4 history files (`.hst`), versions 400 and 401. Bad records are reported by their number, from 1. */
export const metatrader4Hst: BinaryFormat = {
  kind: 'binary',
  name: 'metatrader4-hst',
  title: 'MetaTrader 4 history file',
  recognize(head) {
    if (head.length < 4) return { reason: 'the file is too short' };
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const version = view.getInt32(0, true);
    if (version !== 400 && version !== 401) return { reason: 'the file does not begin with 400 or 401' };
    const complete = head.length >= HEADER_BYTES;
    const period = complete ? view.getInt32(PERIOD_AT, true) : 0;
    const digits = complete ? view.getInt32(DIGITS_AT, true) : 0;
    if (period < 0 || digits < 0 || digits > 10) return { reason: 'the header holds impossible values' };
    const timeframe = TIMEFRAMES.find((t) => TIMEFRAME_MINUTES[t] === period);
    const symbol = complete ? readText(head.subarray(SYMBOL_AT, PERIOD_AT)) : '';
    return {
      confidence: 0.95,
      found: {
        hints: { symbol: symbol === '' ? undefined : symbol, timeframe, notes: [] },
        bytesPerBar: RECORD_BYTES[version],
        reader: (file, collector, toUtc) => new HstReader(file, version, digits, collector, toUtc),
      },
    };
  },
};

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}

class HstReader implements BarReader {
  private readonly file: string;
  private readonly version: HstVersion;
  private readonly point: number;
  private readonly digits: number;
  private readonly collector: BarCollector;
  private readonly toUtc: (localMs: number) => number;
  private rest = new Uint8Array(0);
  private headerDone = false;
  private record = 0;

  constructor(
    file: string,
    version: HstVersion,
    digits: number,
    collector: BarCollector,
    toUtc: (localMs: number) => number,
  ) {
    this.file = file;
    this.version = version;
    this.digits = digits;
    this.point = Number(`1e-${digits}`);
    this.collector = collector;
    this.toUtc = toUtc;
  }

  feed(bytes: Uint8Array): void {
    const data = new Uint8Array(this.rest.length + bytes.length);
    data.set(this.rest);
    data.set(bytes, this.rest.length);
    const view = new DataView(data.buffer);
    const size = RECORD_BYTES[this.version];
    let at = 0;
    if (!this.headerDone && data.length >= HEADER_BYTES) {
      this.headerDone = true;
      at = HEADER_BYTES;
    }
    if (this.headerDone) for (; at + size <= data.length; at += size) this.readRecord(view, at);
    this.rest = data.slice(at);
  }

  finish(): void {
    if (this.headerDone && this.rest.length === 0) return;
    const where = this.headerDone ? `after bar ${this.record}` : 'inside its header';
    throw new EngineError(
      'data-invalid',
      `${this.file} breaks off ${where}: it is truncated. Copy it again from the trading platform while it is closed.`,
      { file: this.file, line: this.record + 1 },
    );
  }

  private readRecord(view: DataView, at: number): void {
    this.record++;
    const old = this.version === 400;
    const seconds = old ? view.getInt32(at, true) : Number(view.getBigInt64(at, true));
    const first = at + (old ? 4 : 8);
    const open = view.getFloat64(first, true);
    const second = view.getFloat64(first + 8, true);
    const third = view.getFloat64(first + 16, true);
    const close = view.getFloat64(first + 24, true);
    const volume = old ? view.getFloat64(first + 32, true) : Number(view.getBigInt64(first + 32, true));
    const points = old ? 0 : view.getInt32(first + 40, true);
    const high = old ? third : second;
    const low = old ? second : third;
    const reason =
      seconds > 0 && Number.isSafeInteger(seconds)
        ? this.collector.add(
            this.toUtc(seconds * 1000),
            open,
            high,
            low,
            close,
            volume,
            old ? Number.NaN : roundTo(points * this.point, this.digits),
          )
        : 'the time is not possible';
    if (reason === undefined) return;
    this.collector.reject(this.record, `${seconds} ${open} ${high} ${low} ${close} ${volume}`, reason);
  }
}
