import { create } from 'zustand';
import type { SeriesDto } from '../../../engine/contract/dto/index.ts';
import type { TrainMode, TrainPeriod } from '../../../engine/contract/registry.ts';
import type { Timeframe } from '../../../engine/contract/timeframe.ts';
import { DEFAULT_VALIDATED_MODEL } from '../../../engine/contract/validation.ts';
import { EMPTY_GATE, type GateDraft } from '../../gate/index.ts';
import { asSuggestion, keepDraft } from '../../state/keep-draft.ts';
import type { TrainTarget } from '../../state/train-link.ts';

/** A production training as it is being put together: may be incomplete at any time. */
export interface TrainDraft {
  /** Every name in production, each as it is, in place of one. */
  readonly everyName: boolean;
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  /** `all`: over all regimes. */
  readonly regime: string;
  readonly modelType: string;
  /** As it is written: `direction`, `barrier 2:1`. */
  readonly target: string;
  /** Null, as all of these: the default. */
  readonly horizon: number | null;
  readonly optimize: boolean;
  readonly trials: number | null;
  readonly period: TrainPeriod;
  readonly mode: TrainMode;
  readonly dryRun: boolean;
  readonly gate: GateDraft;
}

export const EMPTY_DRAFT: TrainDraft = {
  everyName: false,
  symbol: null,
  timeframe: null,
  regime: 'all',
  modelType: DEFAULT_VALIDATED_MODEL,
  target: 'direction',
  horizon: null,
  optimize: false,
  trials: null,
  period: '5y',
  mode: 'quick',
  dryRun: false,
  gate: EMPTY_GATE,
};

interface DraftState {
  readonly draft: TrainDraft;
  /** The link that the draft was opened by last. */
  readonly openedBy: string | null;
}

/** Survives a look at other places. */
export const useTrainDraft = create<DraftState>()(() => ({ draft: EMPTY_DRAFT, openedBy: null }));
keepDraft(useTrainDraft, 'train');

export function editDraft(changes: Partial<TrainDraft>): void {
  useTrainDraft.setState(({ draft }) => ({ draft: { ...draft, ...changes } }));
}

export function editGate(changes: Partial<GateDraft>): void {
  useTrainDraft.setState(({ draft }) => ({ draft: { ...draft, gate: { ...draft.gate, ...changes } } }));
}

/** Starts over. */
export function clearDraft(): void {
  useTrainDraft.setState({ draft: EMPTY_DRAFT, openedBy: null });
}

/** Opens the form with what a link names, once: what is changed since stays. */
export function openTarget(link: string, target: TrainTarget | undefined): void {
  if (useTrainDraft.getState().openedBy === link) return;
  if (target !== undefined) {
    clearDraft();
    editDraft(target === 'all' ? { everyName: true } : { ...target, regime: target.regime ?? 'all' });
  }
  useTrainDraft.setState({ openedBy: link });
}

/** Where there is no choice, it is made: the only market there is. */
export function suggestMarket(series: readonly Pick<SeriesDto, 'symbol' | 'timeframe'>[]): void {
  const { draft } = useTrainDraft.getState();
  const [first, ...others] = series;
  if (draft.symbol !== null || draft.everyName || first === undefined) return;
  if (others.some(({ symbol }) => symbol !== first.symbol)) return;
  asSuggestion(useTrainDraft, () => editDraft({ symbol: first.symbol, timeframe: first.timeframe }));
}
