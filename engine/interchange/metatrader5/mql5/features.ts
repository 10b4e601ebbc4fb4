import { type Timeframe, timeframeMs } from '../../../contract/timeframe.ts';
import type { EncoderName, IndicatorName } from '../../../contract/words.ts';
import type { BarColumns } from '../../../features/encoders/bar-columns.ts';
import type { Encoder } from '../../../features/encoders/encoder.ts';
import { type FormulaName, isChange, isSameBar } from '../../../features/encoders/formulas.ts';
import { ENCODER_CATALOG } from '../../../features/encoders/index.ts';
import { LAGS } from '../../../features/encoders/log-changes.ts';
import { TIME_FEATURES } from '../../../features/encoders/time-features.ts';
import { VOLUME_WINDOW } from '../../../features/encoders/volume-window.ts';
import { INDICATOR_CATALOG } from '../../../features/indicators/index.ts';
import type { OutputKind } from '../../../features/indicators/indicator.ts';
import type { Bars, Operations } from '../../../features/operations/operations.ts';
import { type IndicatorTimeframes, listSources } from '../../../features/timeframes.ts';
import { ALIGNMENT, FORMULA_TEXTS, TIME_EXPRESSIONS } from './formulas.ts';
import { OPERATION_TEXTS } from './operations.ts';

export interface FeatureText {
  /** Functions, ending with `RgFeatures`. */
  readonly text: string;
  /** In the order of the columns. */
  readonly names: readonly string[];
  /** In the order of the array of higher bars. */
  readonly higher: readonly Timeframe[];
}

interface Column {
  readonly name: string;
  readonly kind: OutputKind;
  /** An array of the code. */
  readonly array: string;
  readonly warmup: number;
}

const functionName = (name: string) => `Rg${name[0]!.toUpperCase()}${name.slice(1)}`;

/** Writes operations as calls: a column is the name of an array. */
class Code implements Operations<string> {
  readonly lines: string[] = [];
  readonly operations = new Set<keyof typeof OPERATION_TEXTS>();
  readonly formulas = new Set<FormulaName>();
  #arrays = 0;

  /** Declares so many arrays, which a function writes behind its other arguments. */
  call(fn: string, args: readonly (string | number)[], results: number): string[] {
    const made = Array.from({ length: results }, () => `c${++this.#arrays}`);
    for (const array of made) this.lines.push(`   RG_ARRAY(double,${array});`);
    this.lines.push(`   ${fn}(${[...args, ...made].join(',')});`);
    return made;
  }

  #do(name: keyof typeof OPERATION_TEXTS, args: readonly (string | number)[], results = 1): string[] {
    this.operations.add(name);
    return this.call(functionName(name), args, results);
  }

  subtract(a: string, b: string) {
    return this.#do('subtract', [a, b])[0]!;
  }
  exponentialAverage(x: string, period: number, from = 0) {
    return this.#do('exponentialAverage', [x, period, from])[0]!;
  }
  wilderAverage(x: string, period: number, from = 0) {
    return this.#do('wilderAverage', [x, period, from])[0]!;
  }
  rollingSum(x: string, window: number) {
    return this.#do('rollingSum', [x, window])[0]!;
  }
  rollingMoments(x: string, window: number, from = 0) {
    const [mean, std] = this.#do('rollingMoments', [x, window, from], 2);
    return { mean: mean!, std: std! };
  }
  rollingExtremes(high: string, low: string, window: number) {
    const [highest, lowest] = this.#do('rollingExtremes', [high, low, window], 2);
    return { highest: highest!, lowest: lowest! };
  }
  trueRange(high: string, low: string, close: string) {
    return this.#do('trueRange', [high, low, close])[0]!;
  }
  directionalMovement(high: string, low: string) {
    const [up, down] = this.#do('directionalMovement', [high, low], 2);
    return { up: up!, down: down! };
  }
  directionalIndex(range: string, up: string, down: string) {
    const [plus, minus, dx] = this.#do('directionalIndex', [range, up, down], 3);
    return { plus: plus!, minus: minus!, dx: dx! };
  }
  changes(close: string) {
    const [gains, losses] = this.#do('changes', [close], 2);
    return { gains: gains!, losses: losses! };
  }
  strength(gain: string, loss: string) {
    return this.#do('strength', [gain, loss])[0]!;
  }
  positionInWindow(close: string, highest: string, lowest: string) {
    return this.#do('positionInWindow', [close, highest, lowest])[0]!;
  }
  meanOfThree(x: string) {
    return this.#do('meanOfThree', [x])[0]!;
  }
  rateOfChange(close: string, period: number) {
    return this.#do('rateOfChange', [close, period])[0]!;
  }
  bands({ mean, std }: { readonly mean: string; readonly std: string }, width: number) {
    const [upper, lower] = this.#do('bands', [mean, std, width], 2);
    return { upper: upper!, lower: lower! };
  }
  signedTotal(close: string, volume: string) {
    return this.#do('signedTotal', [close, volume])[0]!;
  }
  typicalPrice(high: string, low: string, close: string, volume: string) {
    const [price, turnover] = this.#do('typicalPrice', [high, low, close, volume], 2);
    return { price: price!, turnover: turnover! };
  }
  weightedMean(turnover: string, volume: string, price: string, bars: number) {
    return this.#do('weightedMean', [turnover, volume, price, bars])[0]!;
  }
  positionInBar(low: string, close: string, range: string) {
    return this.#do('positionInBar', [low, close, range])[0]!;
  }
  logChange(close: string, lag: number) {
    return this.#do('logChange', [close, lag])[0]!;
  }
  blankBefore(bar: number, ...columns: readonly string[]) {
    for (const column of columns) this.lines.push(`   RgBlankBefore(${column},${bar});`);
  }

  /** The array of a feature: a column by the encoder's formula. */
  encode(encoder: Encoder, { array, kind, warmup }: Column, close: string): string {
    const formula = encoder.formulas[kind];
    this.formulas.add(formula);
    if (formula === 'plain') return array;
    if (isSameBar(formula) || isChange(formula)) {
      return this.call(functionName(formula), [array, close], 1)[0]!;
    }
    const { mean, std } = this.rollingMoments(array, VOLUME_WINDOW, warmup);
    return this.call(functionName(formula), [array, mean, std], 1)[0]!;
  }
}

const barsOf = (name: string): Bars<string> => ({
  time: `${name}.time`,
  open: `${name}.open`,
  high: `${name}.high`,
  low: `${name}.low`,
  close: `${name}.close`,
  volume: `${name}.volume`,
});

/** What every bar says without any indicator; named and of a kind as in `barColumns`. */
function barColumn(code: Code, name: keyof BarColumns, bars: Bars<string>): Column {
  if (name === 'close') return { name: 'close', kind: 'level', array: bars.close, warmup: 0 };
  if (name === 'volume') return { name: 'volume', kind: 'volume', array: bars.volume, warmup: 0 };
  const range = code.subtract(bars.high, bars.low);
  if (name === 'range') return { name: 'range', kind: 'difference', array: range, warmup: 0 };
  const array = code.positionInBar(bars.low, bars.close, range);
  return { name: 'close_position', kind: 'oscillator', array, warmup: 0 };
}

function indicatorColumns(code: Code, name: IndicatorName, bars: Bars<string>): Column[] {
  const indicator = INDICATOR_CATALOG[name];
  const { outputs } = indicator.define(code, bars);
  return indicator.outputs.map((output, k) => ({ ...output, array: outputs[k]!, warmup: indicator.warmup }));
}

/** The features of a configuration as code: for every bar of `base`, a row of `x`. */
export function featureText(
  encoderName: EncoderName,
  indicatorTimeframes: IndicatorTimeframes,
  base: Timeframe,
): FeatureText {
  const encoder = ENCODER_CATALOG[encoderName];
  const code = new Code();
  const names: string[] = [];
  const body: string[] = [];
  const own = barsOf('base');

  /** Arrays of a part are gone behind it. */
  function part(comment: string, write: () => void): void {
    code.lines.length = 0;
    write();
    body.push(`   //--- ${comment}`, '   {', ...code.lines, '   }');
  }
  function store(name: string, array: string): void {
    code.lines.push(`   RgStore(${array},${names.length},columns,x);`);
    names.push(name);
  }

  for (const name of encoder.barColumns) {
    part(name, () => {
      const column = barColumn(code, name, own);
      store(`${encoder.prefix}${column.name}`, code.encode(encoder, column, own.close));
    });
  }
  if (encoder.hasTime) {
    for (const lag of LAGS)
      part(`log change ${lag}`, () => store(`log_change_${lag}`, code.logChange(own.close, lag)));
    part('when a bar opens', () => {
      const first = names.length;
      names.push(...TIME_FEATURES);
      code.lines.push(
        `   double barMs=${timeframeMs(base)}.0;`,
        '   for(int t=1; t<ArraySize(base.time); t++)',
        '     {',
        '      double day=MathFloor(base.time[t]/86400000.0);',
        ...TIME_FEATURES.map((name, k) => `      x[t*columns+${first + k}]=${TIME_EXPRESSIONS[name]};`),
        '     }',
      );
    });
  }
  const sources = listSources(indicatorTimeframes, base);
  for (const { indicator } of sources.filter(({ timeframe }) => timeframe === base)) {
    part(indicator, () => {
      for (const column of indicatorColumns(code, indicator, own)) {
        store(`${encoder.prefix}${column.name}`, code.encode(encoder, column, own.close));
      }
    });
  }
  const higher = [...new Set(sources.map(({ timeframe }) => timeframe))].filter((of) => of !== base);
  const parts: string[] = [functionOf('RgFeaturesBase', 'const RgBars &base', body)];
  for (const timeframe of higher) {
    body.length = 0;
    const bars = barsOf('higher');
    for (const { indicator } of sources.filter((source) => source.timeframe === timeframe)) {
      part(`${indicator} ${timeframe}`, () => {
        for (const column of indicatorColumns(code, indicator, bars)) {
          const name = `${encoder.prefix}${column.name}@${timeframe}`;
          if (encoder.comparesHigherLevels && column.kind === 'level') {
            const [held] = code.call('RgHold', [column.array, 'closed'], 1);
            store(name, code.encode(encoder, { ...column, array: held! }, own.close));
          } else {
            const feature = code.encode(encoder, column, bars.close);
            store(name, code.call('RgHold', [feature, 'closed'], 1)[0]!);
          }
        }
      });
    }
    parts.push(
      functionOf(`RgFeatures${timeframe}`, 'const RgBars &base,const RgBars &higher', [
        '   RG_ARRAY(int,closed);',
        '   RgAlign(base,higher,closed);',
        ...body,
      ]),
    );
  }
  const whole = [
    '',
    'void RgFeatures(const RgBars &base,RG_IN(RgBars,higher),RG_OUT(double,x))',
    '  {',
    '   RgBlank(x,ArraySize(base.close)*RG_FEATURES);',
    '   RgFeaturesBase(base,x);',
    '   //--- of higher timeframes any row may be looked at',
    '   int tail=RgTail;',
    '   RgTail=0;',
    ...higher.map((timeframe, k) => `   RgFeatures${timeframe}(base,higher[${k}],x);`),
    '   RgTail=tail;',
    '  }',
    '',
  ].join('\n');
  const library = [
    ...[...code.operations].map((name) => OPERATION_TEXTS[name]),
    ...[...code.formulas].map((name) => FORMULA_TEXTS[name]),
  ];
  return { text: [...library, ALIGNMENT, ...parts, whole].join(''), names, higher };
}

function functionOf(name: string, bars: string, body: readonly string[]): string {
  return [
    '',
    `void ${name}(${bars},RG_OUT(double,x))`,
    '  {',
    '   int columns=RG_FEATURES;',
    ...body,
    '  }',
    '',
  ].join('\n');
}
