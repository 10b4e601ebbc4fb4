import { counted } from './counted.ts';
import type { ForwardTestDto, ForwardTradeDto } from './dto/index.ts';
import { priceText } from './live-text.ts';
import { percentText } from './number-text.ts';

const percent = (logReturn: number) => percentText(Math.expm1(logReturn), 2);

/** Whole sentences on where a forward test stands beside what was promised. */
export function standingText({
  bars,
  days,
  net,
  band,
  border,
  sum,
  stale,
  problem,
  endedAt,
}: ForwardTestDto): string {
  const told = [];
  if (stale !== null) told.push(stale.text);
  if (problem !== null) told.push(`It does not go on: ${problem}`);
  if (endedAt !== null) told.push('It is no longer in charge.');
  if (bars === 0) told.push('No bar has arrived since it was put in charge.');
  else told.push(`${counted(days, 'market day')} and ${percent(net)} so far.`);
  if (band === null) told.push('Nothing was promised: no validation of its model counts yet.');
  else if (border !== null) {
    told.push(
      `After ${days} days 95 of 100 healthy models are above ${percent(border)}; it is at ${percent(sum)}.`,
    );
  } else if (days < 20) told.push('It is held against what was promised from market day 20 on.');
  else told.push(`It is older than the ${band.days} market days that the band was made for.`);
  return told.join(' ');
}

/** Whole sentences on data that changed under it; null where none did. */
export function changedText({ corrected, late }: ForwardTestDto): string | null {
  if (corrected.length + late.length === 0) return null;
  const told = [];
  if (corrected.length > 0)
    told.push(
      `${counted(corrected.length, 'bar was', 'bars were')} corrected after it had traded on them, the last of ${shown(corrected)}.`,
    );
  if (late.length > 0) told.push(`${counted(late.length, 'bar')} came late, the last of ${shown(late)}.`);
  return `${told.join(' ')} What it did stays as it was.`;
}

const shown = (times: readonly string[]) => `${times.at(-1)!.slice(0, 16).replace('T', ' ')} UTC`;

/** `LONG since 2026-01-02 10:00 UTC at 1.10030, 0.12 % by the newest open` */
export function openTradeText({ direction, entryTime, entryPrice, net }: ForwardTradeDto): string {
  return `${direction} since ${shown([entryTime])} at ${priceText(entryPrice, entryPrice)}, ${percent(net)} by the newest open`;
}

export { percent as netText };
