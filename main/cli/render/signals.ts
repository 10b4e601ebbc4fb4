import type { SignalDto, SignalsDto } from '../../../engine/contract/dto/index.ts';
import {
  actingFirst,
  barText,
  forecastText,
  NO_ORDERS,
  signalCountText,
  speakerText,
  tradeTexts,
} from '../../../engine/contract/live-text.ts';
import { verdictText } from '../../../engine/contract/verdict.ts';
import { minute, percent } from './format.ts';

/** A paragraph for each market, those with a signal first. */
export function signalsText({ at, signals }: SignalsDto): string {
  if (signals.length === 0) {
    return 'There is nobody to ask yet: train a grid (`regimen train`), make a champion a version (`regimen production register`) and put it in charge (`regimen production promote`).';
  }
  const head = `${minute(at)} UTC: ${signalCountText(signals)} ${NO_ORDERS}`;
  return [head, ...actingFirst(signals).map(signalText)].join('\n\n');
}

function signalText(one: SignalDto): string {
  const { symbol, timeframe, synthetic, speaker, signal, silence, notes } = one;
  const trade = tradeTexts(one);
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['bar', barText(one)],
    ['who', speaker && speakerText(speaker)],
    ['model', speaker?.title],
    ['evidence', speaker && evidenceText(speaker)],
    ['forecast', forecastText(one, (x) => percent(x, 3))],
    ['entry', trade?.entry],
    ['exit', trade?.exit],
    ['since', trade?.since],
    ['why', silence?.text],
    ...notes.map((note) => ['note', note] as const),
  ];
  const demo = synthetic ? ' (demo market)' : '';
  return [
    `${symbol} ${timeframe}${demo}: ${signal === 'none' ? 'no signal' : signal}`,
    ...lines.flatMap(([name, text]) => (text == null ? [] : [`  ${name.padEnd(10)}${text}`])),
  ].join('\n');
}

function evidenceText({ verdict, verdictReason }: NonNullable<SignalDto['speaker']>): string {
  if (verdict === null) return 'not validated';
  return `${verdictText(verdict)}. ${verdictReason ?? ''}`.trim();
}
