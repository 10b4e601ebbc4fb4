import type { RawInput } from '../../engine/contract/api/index.ts';
import type { ScheduleDto } from '../../engine/contract/dto/index.ts';
import type { TrainPeriod } from '../../engine/contract/registry.ts';
import type { Timeframe } from '../../engine/contract/timeframe.ts';
import { DEFAULT_VALIDATED_MODEL } from '../../engine/contract/validation.ts';

/** What a schedule trains, as its form has it. */
export interface TrainingDraft {
  readonly everyName: boolean;
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  /** `all`: over all regimes. */
  readonly regime: string;
  readonly modelType: string;
  readonly target: string;
  readonly horizon: number;
  readonly period: TrainPeriod;
  /** Null: no search. */
  readonly trials: number | null;
  readonly force: boolean;
  readonly skipValidation: boolean;
  readonly dryRun: boolean;
}

export const EMPTY_TRAINING: TrainingDraft = {
  everyName: true,
  symbol: null,
  timeframe: null,
  regime: 'all',
  modelType: DEFAULT_VALIDATED_MODEL,
  target: 'direction',
  horizon: 6,
  period: '5y',
  trials: null,
  force: false,
  skipValidation: false,
  dryRun: false,
};

type Asked = NonNullable<RawInput<'schedule.set'>['training']>;

/** The other way round. */
export function trainingDraft(asked: ScheduleDto['asked']): TrainingDraft {
  const { optimize, trials, regime, symbol, ...others } = asked as Partial<TrainingDraft> & {
    readonly optimize?: boolean;
  };
  const known = Object.fromEntries(
    Object.entries(others).filter(([key]) => Object.hasOwn(EMPTY_TRAINING, key)),
  );
  return {
    ...EMPTY_TRAINING,
    ...known,
    symbol: symbol ?? null,
    everyName: symbol === undefined,
    regime: regime ?? 'all',
    trials: optimize === true ? (trials ?? null) : null,
  };
}

const OWN_FIELDS: ReadonlySet<string> = new Set([...Object.keys(EMPTY_TRAINING), 'optimize']);

/** As `schedule.set` takes it; what the form has no field for, as thresholds of the gate, stays as it was. Undefined where it is not whole. */
export function askedOf(draft: TrainingDraft, before: ScheduleDto['asked'] = {}): Asked | undefined {
  const { everyName, symbol, timeframe, regime, modelType, target, horizon, period, trials } = draft;
  const { force, skipValidation, dryRun } = draft;
  const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !OWN_FIELDS.has(key)));
  const how = { ...kept, force, skipValidation, dryRun, ...(trials !== null && { optimize: true, trials }) };
  if (everyName) return how as Asked;
  if (symbol === null || timeframe === null) return undefined;
  const model = { modelType, target, horizon, period };
  return { symbol, timeframe, ...(regime !== 'all' && { regime }), ...model, ...how } as Asked;
}
