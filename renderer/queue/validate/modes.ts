import {
  SCHEME_PURPOSE,
  type ValidationMode,
  type ValidationScheme,
} from '../../../engine/contract/validation.ts';
import { texts } from './texts.ts';

/** What is validated. */
export type SubjectKind = 'market' | 'run' | 'champion' | 'champions' | 'grid';

export const SUBJECTS: readonly { readonly kind: SubjectKind; readonly title: string }[] = [
  { kind: 'market', title: texts.market },
  { kind: 'run', title: texts.run },
  { kind: 'champion', title: texts.champion },
  { kind: 'champions', title: texts.allChampions },
  { kind: 'grid', title: texts.grid },
];

/** How it is validated. */
export type Mode = ValidationMode;

export const MODES: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: 'quick', title: texts.quick },
  { mode: 'full', title: texts.full },
  { mode: 'sequential', title: texts.sequential },
  { mode: 'own', title: texts.own },
];

/** In a sentence or two, what a mode is for; its name stands before them. */
export function purposeOf(mode: Mode): string {
  return SCHEME_PURPOSE[mode].replace(/^\w+: /, '').replace(/^\w/, (first) => first.toUpperCase());
}

/** The scheme that a mode begins with. */
export function schemeOf(mode: Mode): ValidationScheme {
  return mode === 'sequential' ? 'quick' : mode;
}

const OWN_ALONE: readonly SubjectKind[] = ['champions', 'grid'];

/** Modes that go with what is validated. */
export function modesOf(subject: SubjectKind): readonly Mode[] {
  if (OWN_ALONE.includes(subject)) return ['own'];
  return MODES.map(({ mode }) => mode).filter((mode) => mode !== 'own' || subject !== 'market');
}

/** Why a mode is out of question, or null. */
export function reasonAgainst(mode: Mode, subject: SubjectKind): string | null {
  if (modesOf(subject).includes(mode)) return null;
  if (mode === 'own') return texts.marketHasNoWindows;
  return subject === 'grid' ? texts.gridIsValidatedOnWindows : texts.allChampionsAreValidatedEach;
}
