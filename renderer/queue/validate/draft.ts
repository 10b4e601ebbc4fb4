import { create } from 'zustand';
import type { SeriesDto } from '../../../engine/contract/dto/index.ts';
import { type GridSpec, parseGridSpec } from '../../../engine/contract/grid.ts';
import { TIMEFRAMES, type Timeframe } from '../../../engine/contract/timeframe.ts';
import { DEFAULT_VALIDATED_MODEL } from '../../../engine/contract/validation.ts';
import { call, useQueues } from '../../state/index.ts';
import { asSuggestion, keepDraft } from '../../state/keep-draft.ts';
import type { ValidateTarget } from '../../state/validate-link.ts';
import { type Mode, modesOf, type SubjectKind } from './modes.ts';

/** A grid whose way of working is validated, and where it is from. */
export interface ChosenGrid {
  readonly spec: GridSpec;
  /** Name of its file, or null: of a job. */
  readonly file: string | null;
  readonly queueId: number | null;
}

/** A validation as it is being put together: may be incomplete at any time. */
export interface ValidateDraft {
  readonly subject: SubjectKind;
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe | null;
  readonly modelType: string;
  /** As typed; what is not here, or empty, is the default. */
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly run: string;
  readonly champion: string | null;
  readonly grid: ChosenGrid | null;
  readonly mode: Mode;
  /** Of a sequential one: full follows without a question where all criteria are met. */
  readonly goesOn: boolean;
  /** Null: the scheme's own. */
  readonly testPeriodDays: number | null;
  readonly minTrainDays: number | null;
  readonly expandingWindow: boolean | null;
  readonly folds: number | null;
}

export const EMPTY_DRAFT: ValidateDraft = {
  subject: 'market',
  symbols: [],
  timeframe: null,
  modelType: DEFAULT_VALIDATED_MODEL,
  hyperparameters: {},
  run: '',
  champion: null,
  grid: null,
  mode: 'quick',
  goesOn: false,
  testPeriodDays: null,
  minTrainDays: null,
  expandingWindow: null,
  folds: null,
};

interface DraftState {
  readonly draft: ValidateDraft;
  /** The link that the draft was opened by last. */
  readonly openedBy: string | null;
}

/** Survives a look at other places. */
export const useValidateDraft = create<DraftState>()(() => ({ draft: EMPTY_DRAFT, openedBy: null }));
keepDraft(useValidateDraft, 'validate');

/** Changes some fields; a mode that does not go with the subject gives way to the first that does. */
export function editDraft(changes: Partial<ValidateDraft>): void {
  useValidateDraft.setState(({ draft }) => {
    const next = { ...draft, ...changes };
    const modes = modesOf(next.subject);
    return { draft: modes.includes(next.mode) ? next : { ...next, mode: modes[0]! } };
  });
}

/** Another layout of folds: what was set for the last one does not fit it. */
export function chooseMode(mode: Mode): void {
  editDraft({ mode, testPeriodDays: null, minTrainDays: null, expandingWindow: null, folds: null });
}

/** Starts over. */
export function clearDraft(): void {
  useValidateDraft.setState({ draft: EMPTY_DRAFT, openedBy: null });
}

/** Opens the form with what a link names, once: what is changed since stays. */
export function openTarget(link: string, target: ValidateTarget | undefined): void {
  if (useValidateDraft.getState().openedBy === link) return;
  if (target !== undefined) {
    clearDraft();
    editDraft(openedWith(target));
    if (target.kind === 'grid') chooseJob(target.queueId);
  }
  useValidateDraft.setState({ openedBy: link });
}

/** What is in use is validated as it is used. */
function openedWith(target: ValidateTarget): Partial<ValidateDraft> {
  switch (target.kind) {
    case 'market':
      return { subject: 'market', symbols: [target.symbol], timeframe: target.timeframe };
    case 'run':
      return { subject: 'run', run: target.run, mode: 'own' };
    case 'champion':
      return { subject: 'champion', champion: target.champion, mode: 'own' };
    case 'champions':
    case 'grid':
      return { subject: target.kind, mode: 'own' };
  }
}

/** The grid of a job; one that is no grid leaves the choice open. */
export function chooseJob(queueId: number): void {
  const grid = useQueues.getState().queues?.find(({ id }) => id === queueId)?.grid ?? null;
  editDraft({ grid: grid === null ? null : { spec: parseGridSpec(grid), file: null, queueId } });
}

/** @throws EngineError `grid-invalid` with every problem; the draft then stays as it was */
export async function chooseGridText(text: string, file: string): Promise<void> {
  editDraft({ grid: { spec: parseGridSpec(await call('grid.read', { text, file })), file, queueId: null } });
}

/** Where there is no choice, it is made: the only symbol there is, on its shortest timeframe. */
export function suggestMarket(series: readonly Pick<SeriesDto, 'symbol' | 'timeframe'>[]): void {
  const [first, ...others] = series;
  const { draft } = useValidateDraft.getState();
  if (draft.symbols.length > 0 || draft.timeframe !== null || first === undefined) return;
  if (others.some(({ symbol }) => symbol !== first.symbol)) return;
  asSuggestion(useValidateDraft, () =>
    editDraft({ symbols: [first.symbol], timeframe: timeframesOf(series)[0] ?? null }),
  );
}

/** From the shortest that is stored on: longer ones are made from it. */
export function timeframesOf(series: readonly Pick<SeriesDto, 'timeframe'>[]): readonly Timeframe[] {
  return TIMEFRAMES.slice(Math.min(...series.map(({ timeframe }) => TIMEFRAMES.indexOf(timeframe))));
}
