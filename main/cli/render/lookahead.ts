import type {
  LookaheadDifferenceDto,
  LookaheadDto,
  WarmupCheckDto,
} from '../../../engine/contract/dto/index.ts';
import { count, integer, minute } from './format.ts';
import { strategyText } from './scores.ts';

export function lookaheadText(result: LookaheadDto): string {
  const { run, strategy, strategyIndex, alone, symbol, timeframe, passed, bars, cuts, compared } = result;
  const where = alone === null ? 'in all regimes' : `alone in ${alone}`;
  const { lookahead, warmup, anchored } = result;
  const future =
    lookahead === null
      ? `  future cut off    the same to the bit on ${count(cuts.length, 'date')}, ${minute(cuts[0]!)} to ${minute(cuts.at(-1)!)} (${integer(compared)} values)`
      : `  future cut off    another value where nothing is known after ${minute(lookahead.cut)}: ${differenceText(lookahead)}`;
  return [
    `${passed ? 'PASS' : 'FAIL'}: run ${run}, ${symbol} ${timeframe}, strategy ${strategyIndex} (${strategyText(strategy)}), ${where}, ${integer(bars)} bars.`,
    future,
    ...warmup.map((check) => `  ${WARMUP[check.factor] ?? 'other history'} ${warmupText(check)}`),
    ...(anchored.length === 0
      ? []
      : [
          `  ${anchored.join(', ')}: counted from where the data of the run begins (1 January), as they will be in live use.`,
        ]),
  ].join('\n');
}

const WARMUP: Readonly<Record<number, string>> = { 0.25: 'a quarter before ', 4: 'four times before' };

function warmupText({ bars, checked, difference, largest, signals }: WarmupCheckDto): string {
  const history = `${integer(checked)} bars instead of ${integer(bars)}`;
  if (difference !== null) return `${history}: ${differenceText(difference)}`;
  const features =
    largest === 0 ? 'features the same' : `features within ${largest!.toExponential(0)} standard deviations`;
  return `${history}: ${features}, ${signals === 0 ? 'every signal the same' : `${count(signals, 'signal')} another`}`;
}

function differenceText({ what, time, was, is }: LookaheadDifferenceDto): string {
  return `${what} of the bar ${minute(time)} is ${is ?? 'missing'}, and ${was ?? 'missing'} in the run`;
}
