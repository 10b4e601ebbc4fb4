import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../../contract/date-order.ts';
import { judgeDateOrder, writtenDate } from './date-order.ts';

const dates = (...cells: string[]) => cells.map((cell) => writtenDate(cell)!);
const judge = (cells: string[], suggested: DateOrder = 'mdy', given?: DateOrder) =>
  judgeDateOrder('a.csv', dates(...cells), { order: suggested, isSlashed: cells[0]!.includes('/') }, given);

describe('judgeDateOrder', () => {
  it('takes the only order in which all are dates', () => {
    expect(judge(['02/01/2024', '03/01/2024', '14/01/2024'])).toEqual({
      order: 'dmy',
    });
    expect(judge(['01/02/2024', '01/14/2024'], 'dmy').order).toBe('mdy');
    expect(judge(['99.12.30', '99.12.31', '00.01.01'], 'dmy').order).toBe('ymd');
  });

  it('takes the order in which they follow each other, and says so', () => {
    expect(judge(['02/01/2024', '03/01/2024', '04/01/2024', '05/01/2024'])).toEqual({
      order: 'dmy',
      note: expect.stringContaining('as month/day/year they would not'),
    });
    expect(judge(['24.01.10', '24.01.11', '24.01.12'], 'dmy').order).toBe('ymd');
  });

  it('says what it took where nothing decides', () => {
    expect(judge(['02/01/2024'])).toEqual({
      order: 'mdy',
      note: 'Dates are read as month/day/year: nothing in the file decides it. Set the date order if it is day/month/year.',
    });
    expect(judge(['02.01.2024'], 'dmy')).toEqual({ order: 'dmy' });
  });

  it('refuses an order that the user gives where it makes no series of them', () => {
    expect(() => judge(['02/01/2024', '03/01/2024', '04/01/2024'], 'mdy', 'mdy')).toThrow(
      /they lie 3\d days apart/,
    );
    expect(() => judge(['14/01/2024', '15/01/2024'], 'mdy', 'mdy')).toThrow(
      /Read as day\/month\/year they follow/,
    );
    expect(judge(['02/01/2024'], 'mdy', 'dmy')).toEqual({ order: 'dmy' });
  });
});

it.each(['2024-01-02', '20240102', '1.10523', '02/01', '1/2/20244'])(
  '%s is no date of three short numbers',
  (cell) => expect(writtenDate(cell)).toBeUndefined(),
);
