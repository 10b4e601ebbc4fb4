/** Aliases that the registry moves by itself; every other one is a person's. */
export const OWN_ALIASES = ['candidate', 'production', 'previous'] as const;

/** The classic stages, as they follow from aliases and journal. */
export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof STAGES)[number];

/** What is written down of a name. */
export const JOURNAL_ACTIONS = [
  'registered',
  'updated',
  'validated',
  'promoted',
  'rolled back',
  'retired',
  'alias moved',
] as const;
export type JournalAction = (typeof JOURNAL_ACTIONS)[number];

/** Those after which another version, or nobody, is in production. */
export const PRODUCTION_ACTIONS: readonly JournalAction[] = ['promoted', 'rolled back', 'retired'];

/** What the evidence of a version may be asked for; `none`: it is not asked. */
export const MIN_VERDICTS = ['none', 'suggestive', 'strong'] as const;
export type MinVerdict = (typeof MIN_VERDICTS)[number];

/** Calendar days of history that a production training learns from, as far as they are there. */
export const TRAIN_PERIODS = ['1y', '2y', '3y', '5y', '10y', 'all'] as const;
export type TrainPeriod = (typeof TRAIN_PERIODS)[number];

/** What a production training validates beside the gate's own windows: nothing, all history, or that where a first check is passed. */
export const TRAIN_MODES = ['quick', 'full', 'sequential'] as const;
export type TrainMode = (typeof TRAIN_MODES)[number];

/** What a production training does for each name, in this order. */
export const TRAINING_STAGES = ['search', 'train', 'validate', 'compare', 'promote'] as const;
export type TrainingStage = (typeof TRAINING_STAGES)[number];
