import type { MinFigure } from './gate-options.ts';
import { decimalText } from './number-text.ts';

/** What may be done about a line of the gate that is missed; in words, see `waysText`. */
export type GateWay =
  /** What an accuracy asks of forecasts, as a rank correlation, and that another list asks what evidence can. */
  | { readonly way: 'preset'; readonly accuracy: number; readonly rankCorrelation: number }
  /** To train otherwise, or, of thresholds that a figure nearly reaches, to accept it. */
  | { readonly way: 'better'; readonly least: Readonly<Partial<Record<MinFigure, number>>> }
  /** The same of a model that is not trained here. */
  | { readonly way: 'accept'; readonly least: Readonly<Partial<Record<MinFigure, number>>> }
  | { readonly way: 'history' }
  | { readonly way: 'validate-full' }
  | { readonly way: 'longer-test' }
  | { readonly way: 'keep' }
  | { readonly way: 'renew' };

/** What the controls of a host are called by which each is done. */
export interface WayWords {
  readonly search: string;
  readonly period: string;
  readonly preset: string;
  least(figures: readonly (readonly [MinFigure, string])[]): string;
  readonly full: string;
  readonly noVerdict: string;
  readonly force: string;
}

/** Ways on as sentences, one after the other. See `wayTexts`. */
export function waysText(ways: readonly GateWay[], words: WayWords | null): string {
  return wayTexts(ways, words).join(' ');
}

/** Each way on in a sentence or two; without words of a host they name no control. */
export function wayTexts(ways: readonly GateWay[], words: WayWords | null): string[] {
  const by = (name: string | undefined) => (name === undefined ? '' : ` (${name})`);
  const accepted = (least: Readonly<Partial<Record<MinFigure, number>>>) => {
    const figures = (Object.entries(least) as [MinFigure, number][]).map(
      ([figure, value]) => [figure, value.toFixed(2)] as const,
    );
    const plain = figures.map(
      ([figure, value]) => `${figure === 'f1' ? 'F1' : figure} ${decimalText(Number(value), 2)}`,
    );
    return `accept less (${words === null ? plain.join(', ') : words.least(figures)})`;
  };
  const sentence = (one: GateWay): string => {
    switch (one.way) {
      case 'preset':
        return `An accuracy of ${decimalText(one.accuracy, 2)} on balanced classes takes a rank correlation of about ${decimalText(one.rankCorrelation, 2)}; what evidence can ask is the list two_errors${by(words?.preset)}.`;
      case 'better': {
        const less = Object.keys(one.least).length === 0 ? '' : `, or ${accepted(one.least)}`;
        return `Search its parameters${by(words?.search)}, use more history${by(words?.period)}${less}.`;
      }
      case 'accept':
        return Object.keys(one.least).length === 0
          ? 'Train it otherwise where it was trained.'
          : `Train it otherwise where it was trained, or ${accepted(one.least)}.`;
      case 'history':
        return 'Import more history, so that test windows lie before what models were chosen on.';
      case 'validate-full':
        return `Validate it in full, which can confirm what a few windows can not${by(words?.full)}, or do without evidence${by(words?.noVerdict)}.`;
      case 'longer-test':
        return `Train it on bars that end earlier, and say so: more windows can confirm what a few can not. Or do without evidence${by(words?.noVerdict)}.`;
      case 'keep':
        return `Leave in charge what is there, or do without the comparison${by(words?.force)}.`;
      case 'renew':
        return 'Train it anew on the newest bars.';
    }
  };
  return ways.map(sentence);
}
