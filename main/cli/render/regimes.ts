import { counted } from '../../../engine/contract/counted.ts';
import type { RegimeChangeDto, RegimeDto, RegimeSeriesDto } from '../../../engine/contract/dto/index.ts';
import { table } from './format.ts';

export function regimesText(regimes: readonly RegimeDto[]): string {
  const rows = regimes.map((r) => [
    r.name,
    r.active ? 'active' : 'inactive',
    Object.entries(r.rules)
      .map(([series, rule]) => `${series} ${rule}`)
      .join(', '),
  ]);
  return [
    table(['Regime', 'State', 'Rules'], rows),
    '',
    'The first active regime whose rules all hold labels a bar; the rest is unclassified.',
    'To change them, put `regimes: definitions:` into config.yaml in the workspace; `regimes preview FILE` says first what that changes.',
  ].join('\n');
}

/** `1200 of bull_trending, 30 of ranging` */
const barsText = (bars: readonly { readonly name: string; readonly bars: number }[]) =>
  bars.map((one) => `${one.bars} by ${one.name}`).join(', ');

function seriesChangeText({ symbol, timeframe, bars, moved, regimes, proposals }: RegimeSeriesDto): string {
  const rows = regimes.map(({ name, before, after, holds, takenBy }) => [
    name,
    before === null ? '–' : String(before),
    after === null ? 'gone' : String(after),
    after === null ? '–' : String(holds),
    barsText(takenBy),
  ]);
  return [
    `${symbol} ${timeframe}: ${counted(moved, 'bar')} of ${bars} would have another regime.`,
    table(['Regime', 'Bars now', 'Then', 'Its rules hold', 'Taken before it'], rows),
    ...proposals.map(
      ({ name, before, gets, from, empties }) =>
        `${name} gets no bar here. Right before ${before} it would get ${counted(gets, 'bar')} (now taken: ${barsText(from)})${empties.length === 0 ? '' : `, and ${empties.join(' and ')} none any more`}.`,
    ),
  ].join('\n');
}

export function regimeChangeText({
  changed,
  series,
  furtherSeries,
  stale,
  champions,
}: RegimeChangeDto): string {
  return [
    changed.length === 0 ? 'No rule changes.' : `Changed: ${changed.join(', ')}.`,
    ...series.map((one) => `\n${seriesChangeText(one)}`),
    furtherSeries === 0 ? '' : `\n${furtherSeries} further series are not looked at.`,
    stale.length === 0
      ? `None of ${counted(champions, 'champion')} becomes stale.`
      : `${stale.length} of ${counted(champions, 'champion')} become stale, until they are evaluated again (regimen evaluate): ${stale.join(', ')}.`,
  ].join('\n');
}
