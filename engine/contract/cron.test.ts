import { describe, expect, it } from 'vitest';
import { checkZone, cronSentence, parseCron } from './cron.ts';

const sentence = (cron: string, zone = 'UTC') => cronSentence(parseCron(cron), zone);

describe('a cron expression', () => {
  it.each([
    ['0 2 * * 0', 'Every Sunday at 02:00 (UTC)'],
    ['0 2 * * 7', 'Every Sunday at 02:00 (UTC)'],
    ['5,35 14 * * *', 'Every day at 14:05 and 14:35 (UTC)'],
    ['0 6,18 * * MON-FRI', 'Every weekday (Monday to Friday) at 06:00 and 18:00 (UTC)'],
    ['0 3 1,15 * *', 'On the 1st and 15th of the month at 03:00 (UTC)'],
    ['0 3 1 jan,jul *', 'On the 1st of the month in January and July at 03:00 (UTC)'],
    ['0 0 13 * 5', 'On the 13th of the month, and every Friday at 00:00 (UTC)'],
    ['*/15 * * * *', 'Every day 0, 15, 30 and 45 minutes past the hour, each hour (UTC)'],
    [
      '0 */2 * * 6,0',
      'Every Sunday and Saturday on the hour, in the hours 00, 02, 04, 06, 08, 10, 12, 14, 16, 18, 20 and 22 (UTC)',
    ],
    ['* * * * *', 'Every day each minute, each hour (UTC)'],
    ['0 1 * * 0-6', 'Every day at 01:00 (UTC)'],
  ])('%s is: %s', (cron, text) => expect(sentence(cron)).toBe(text));

  it.each([
    ['', 'five fields'],
    ['0 2 * *', 'five fields'],
    ['@weekly', 'five fields'],
    ['0 0 2 * * 0', 'five fields'],
    ['60 2 * * 0', 'minute "60"'],
    ['0 24 * * 0', 'hour "24"'],
    ['0 2 0 * *', 'day of the month "0"'],
    ['0 2 * 13 *', 'jan to dec'],
    ['0 2 * * 8', 'sun to sat'],
    ['0 2 * * sunny', 'day of the week'],
    ['0 2 * * 5-1', '5 is behind 1'],
    ['*/0 2 * * *', 'a step is 1 to 59'],
    ['0 2 * * */8', 'a step is 1 to 7'],
    ['5/10 2 * * *', 'a step belongs to'],
    ['0 2 L * *', 'day of the month "L"'],
    ['0 2 30 2 *', 'never comes'],
    ['0 2 31 4,6 *', 'never comes'],
  ])('%j is refused: %s', (cron, why) => expect(() => parseCron(cron)).toThrow(why));
});

it('a time zone is one of the IANA list', () => {
  expect(checkZone('Europe/Berlin')).toBe('Europe/Berlin');
  expect(checkZone('utc')).toBe('UTC');
  expect(() => checkZone('Mars/Base')).toThrow('no time zone');
});
