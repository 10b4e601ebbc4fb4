import {
  SCHEME_PURPOSE,
  type ValidationMode,
  type ValidationScheme,
} from '../../../engine/contract/validation.ts';

/** What is validated. */
export type SubjectKind = 'market' | 'run' | 'champion' | 'champions' | 'grid';

export const SUBJECTS: readonly { readonly kind: SubjectKind; readonly title: string }[] = [
  { kind: 'market', title: 'A market' },
  { kind: 'run', title: 'A run' },
  { kind: 'champion', title: 'A champion' },
  { kind: 'champions', title: 'All champions' },
  { kind: 'grid', title: 'A grid' },
];

/** How it is validated. */
export type Mode = ValidationMode;

export const MODES: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: 'quick', title: 'Quick' },
  { mode: 'full', title: 'Full' },
  { mode: 'sequential', title: 'Sequential' },
  { mode: 'own', title: 'Own' },
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
  if (mode === 'own') return 'A market has no windows of its own: name a run, a champion or a grid.';
  return subject === 'grid'
    ? 'A grid is validated on the windows that it trains and chooses with.'
    : 'All champions are validated each on its own windows; choose one for another layout.';
}
