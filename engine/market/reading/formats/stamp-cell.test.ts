import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../../../contract/date-order.ts';
import { StampCell } from './stamp-cell.ts';
import { isBareDate, isTimeOfDay } from './stamp-look.ts';
import { isSerialDay } from './stamp-number.ts';

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
});

describe('a stamp in words, with a zone, or of a spreadsheet', () => {
  it.each([
    '3. Dezember 2019 08:00',
    '03-Dec-19 08:00:00',
    '3 Dec 2019, 8:00 a.m.',
    'Tue, 3 Dec 2019 08:00',
    'Dienstag, 3. Dezember 2019, 08:00',
    'Dec 3, 2019 08:00',
    'December 3rd, 2019 at 8:00 AM',
    '3 déc. 2019 08:00',
    '3 décembre 2019 08:00',
    '3 de diciembre de 2019 8:00',
    '3-dic-2019 08:00',
    '2019-Dec-03 08:00',
    '03.12.2019 8:00 a. m.',
    '20191203080000000',
    '43802.3333333333',
    '43802,33333',
  ])('reads %s in words or in days of a spreadsheet', (text) => {
    const { local, offset } = read(text);
    // Five decimals of a day are as good as a second.
    expect(Math.abs(local - eight)).toBeLessThanOrEqual(text.includes(',33333') ? 1000 : 0);
    expect(offset).toBeNaN();
  });

  it.each([
    ['1er mars 2024', Date.UTC(2024, 2, 1)],
    ['12. März 2024', Date.UTC(2024, 2, 12)],
    ['12-Mar-24', Date.UTC(2024, 2, 12)],
    ['Mar 12, 2024', Date.UTC(2024, 2, 12)],
    ['mar. 12 mars 2024', Date.UTC(2024, 2, 12)],
    ['1 août 2024', Date.UTC(2024, 7, 1)],
    ['12-ene-2024', Date.UTC(2024, 0, 12)],
    ['5 Mai 2024', Date.UTC(2024, 4, 5)],
    ['9 juil. 2024', Date.UTC(2024, 6, 9)],
    ['9 juin 2024', Date.UTC(2024, 5, 9)],
    ['45292.5', Date.UTC(2024, 0, 1, 12)],
    ['45292', Date.UTC(2024, 0, 1)],
    ['2019-12-03 24:00', Date.UTC(2019, 11, 4)],
    ['20191203 240000', Date.UTC(2019, 11, 4)],
  ])('reads %s', (text, ms) => {
    expect(read(text)).toEqual({ local: ms, offset: Number.NaN });
  });

  it.each([
    ['2019-12-03 08:00 EST', -5 * HOUR],
    ['2019-12-03 08:00:00 CET', HOUR],
    ['2019-12-03T08:00:00+01:00[Europe/Berlin]', HOUR],
    ['2019-12-03 08:00 Europe/Helsinki', 2 * HOUR],
    ['3 Dec 2019 8:00 AM EST', -5 * HOUR],
    ['2019-12-03 08:00 GMT+2', 2 * HOUR],
  ])('reads the zone of %s', (text, offset) => {
    const found = read(text);
    expect(found.offset).toEqual(offset);
    if (!Number.isNaN(offset)) expect(found.local).toBe(eight);
  });

  it('tells both passes of the autumn hour by the names of their zones', () => {
    const at = (text: string) => {
      const { local, offset } = read(text);
      return local - offset;
    };
    expect(at('2024-10-27 02:30 CEST')).toBe(Date.UTC(2024, 9, 27, 0, 30));
    expect(at('2024-10-27 02:30 CET')).toBe(Date.UTC(2024, 9, 27, 1, 30));
    expect(at('2024-07-01 02:30 CET')).toBe(Date.UTC(2024, 6, 1, 0, 30));
  });

  it.each([
    ['100000000000', undefined, Date.UTC(1973, 2, 3, 9, 46, 40)],
    ['100000000000000', undefined, Date.UTC(1973, 2, 3, 9, 46, 40)],
    ['100000000000000000', undefined, Date.UTC(1973, 2, 3, 9, 46, 40)],
    ['100000000', undefined, Date.UTC(1973, 2, 3, 9, 46, 40)],
    ['4102444800', undefined, Date.UTC(2100, 0, 1)],
    ['4102444800000', undefined, Date.UTC(2100, 0, 1)],
    ['86400', 1, Date.UTC(1970, 0, 2)],
    ['-86400', 1, Date.UTC(1969, 11, 31)],
    ['86400000', 1000, Date.UTC(1970, 0, 2)],
    ['0', 1, 0],
  ] as const)('reads epoch %s of any year', (text, unit, ms) => {
    const bytes = new TextEncoder().encode(text);
    const cell = new StampCell('dmy', unit);
    expect(cell.read(bytes, 0, bytes.length)).toBe(ms);
    expect(cell.offset).toBe(0);
  });
});

describe('StampCell, read one by one', () => {
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
    '2019-12-03 24:01',
    '2019-12-03 25:00',
    '2019-12-03 08:60',
    '2019-12-03 8',
    '2019-12-03 08:00x',
    '2019-12-03 08:00 EXT',
    '12 Foo 2019',
    '31 Feb 2019',
    '19999.5',
    '2019-12.03',
    '2019-12-03 08:00+15:00',
    '2019-12-03 13:00 PM',
    '123',
    '15753600000000',
    '1.57536E+12',
    '#####',
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
    expect(isBareDate('12. März 2024', 'dmy')).toBe(true);
    expect(isBareDate('12. März 2024 08:00', 'dmy')).toBe(false);
    expect(isTimeOfDay('8:00 p.m.')).toBe(true);
    expect(isSerialDay('45292.5')).toBe(true);
    expect(isSerialDay('1.45292')).toBe(false);
    expect(isTimeOfDay('8:00')).toBe(true);
    expect(isTimeOfDay('080000')).toBe(true);
    expect(isTimeOfDay('1.1025')).toBe(false);
  });
});
