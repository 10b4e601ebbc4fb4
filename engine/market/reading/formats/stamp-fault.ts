import { isRoundedDay } from './stamp-number.ts';

/** What befell a stamp that can't be read, in words that go on after its line; undefined where it can't be told. */
export function stampFault(text: string): string | undefined {
  if (/^#{2,}$/.test(text)) {
    return 'a spreadsheet showed ##### instead of the time, since its column was too narrow: widen the column and save the file again';
  }
  if (/^\d{1,2}:\d{2}([.,]\d)?$/.test(text)) {
    return `there is only ${text}, minutes and seconds as a spreadsheet shows times in a cell without room for the date: give the column the number format yyyy-mm-dd hh:mm and save the file again`;
  }
  if (isRoundedDay(text)) {
    return `a spreadsheet has rounded the time to ${text} days, of which one in the last digit is minutes: give the column the number format yyyy-mm-dd hh:mm and save the file again`;
  }
  if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
    return `a spreadsheet has rounded the time to ${text}, and what it was can not be told: give the column the number format 0 and save the file again`;
  }
  return undefined;
}
