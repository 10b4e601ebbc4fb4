import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../../contract/date-order.ts';
import { isBareDate, isTimeOfDay, StampCell } from './stamp-cell.ts';

const HOUR = 3_600_000;

function read(text: string, order: DateOrder = 'dmy') {
  const bytes = new TextEncoder().encode(`,${text},`);
  const cell = new StampCell(order);
  const local = cell.read(bytes, 1, bytes.length - 1);
  return { local, offset: cell.offset };
}

const eight = Date.UTC(2019, 11, 3, 8);

describe('StampCell', () => {
  it.each([
    '2019-12-03 08:00',
    '2019-12-03T08:00:00',
    '2019.12.03 8:00',
    '2019/12/3 8:00',
    '03.12.2019 08:00:00.000',
    '3/12/2019 08:00',
    '03.12.19 08:00',
    '20191203 080000',
    '20191203 0800',
    '20191203080000',
    '201912030800',
    '20191203T080000',
    '03.12.2019 8:00 AM',
  ])('reads %s without an offset', (text) => {
    expect(read(text)).toEqual({ local: eight, offset: Number.NaN });
  });

  it.each([
    ['2019-12-03T08:00:00Z', 0],
    ['2019-12-03 08:00:00+00:00', 0],
    ['2019-12-03T08:00:00+02:00', 2 * HOUR],
    ['2019-12-03T08:00:00-0330', -3.5 * HOUR],
    ['2019-12-03T08:00+05', 5 * HOUR],
    ['03.12.2019 08:00:00.000 GMT+0100', HOUR],
    ['2019-12-03 08:00:00 UTC', 0],
  ])('reads %s with its offset', (text, offset) => {
    expect(read(text)).toEqual({ local: eight, offset });
  });

  it.each(['1575360000', '1575360000.0', '1575360000000', '1575360000000000', '1575360000000000000'])(
    'reads epoch %s',
    (text) => {
      expect(read(text)).toEqual({ local: eight, offset: 0 });
    },
  );

  it('takes month first when told so, AM and PM, milliseconds, and dates alone', () => {
    expect(read('12/03/2019 8:00', 'mdy').local).toBe(eight);
    expect(read('12/03/2019 12:15 AM', 'mdy').local).toBe(Date.UTC(2019, 11, 3, 0, 15));
    expect(read('12/03/2019 12:15 PM', 'mdy').local).toBe(Date.UTC(2019, 11, 3, 12, 15));
    expect(read('2019-12-03 08:00:00.250').local).toBe(eight + 250);
    expect(read('2019-12-03').local).toBe(Date.UTC(2019, 11, 3));
    expect(read('20191203').local).toBe(Date.UTC(2019, 11, 3));
  });

  it.each([
    '',
    'x',
    '2019-13-03',
    '2019-02-29',
    '2019-12-32',
    '2019-12-03 24:00',
    '2019-12-03 08:60',
    '2019-12-03 8',
    '2019-12-03 08:00x',
    '2019-12-03 08:00 EST',
    '2019-12.03',
    '2019-12-03 08:00+15:00',
    '2019-12-03 13:00 PM',
    '123',
    '15753600000',
    '1.10250',
  ])('refuses "%s"', (text) => {
    expect(read(text).local).toBeNaN();
  });

  it('reads back every ISO 8601 stamp', () => {
    const cell = new StampCell('dmy');
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        const bytes = new TextEncoder().encode(date.toISOString());
        expect(cell.read(bytes, 0, bytes.length)).toBe(date.getTime());
        expect(cell.offset).toBe(0);
      }),
    );
  });

  it('joins a date and a time from two cells', () => {
    const bytes = new TextEncoder().encode('2019.12.03,8:00');
    expect(new StampCell('dmy').readPair(bytes, 0, 10, 11, 15)).toBe(eight);
  });
});

describe('what a cell looks like', () => {
  it('tells a bare date and a time of day from other stamps', () => {
    expect(isBareDate('2019.12.03', 'dmy')).toBe(true);
    expect(isBareDate('20191203', 'dmy')).toBe(true);
    expect(isBareDate('2019.12.03 08:00', 'dmy')).toBe(false);
    expect(isTimeOfDay('8:00')).toBe(true);
    expect(isTimeOfDay('080000')).toBe(true);
    expect(isTimeOfDay('1.1025')).toBe(false);
  });
});
