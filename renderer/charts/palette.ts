import { UNCLASSIFIED } from '../../engine/contract/words.ts';

/** Regime colours after Okabe and Ito (2008): told apart with every common colour blindness, on light and dark ground. */
const REGIME_COLOURS = [
  '#009e73',
  '#d55e00',
  '#b05fc0',
  '#3f9fe0',
  '#c79100',
  '#0072b2',
  '#cc79a7',
  '#7a8f00',
] as const;

const NO_REGIME_COLOUR = '#8a8f98';

/** Colour of a regime by its place among the active ones; grey for `unclassified` and for what is not among them. */
export function regimeColour(active: readonly string[], regime: string): string {
  const index = active.indexOf(regime);
  return index === -1 || regime === UNCLASSIFIED
    ? NO_REGIME_COLOUR
    : REGIME_COLOURS[index % REGIME_COLOURS.length];
}

/** Text inside charts, as SVG attributes. */
export const AXIS_TEXT = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 } as const;
