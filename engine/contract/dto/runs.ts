import type { Configuration, ShortConfiguration } from '../configuration.ts';
import type { ValidationScheme } from '../validation.ts';
import type { Verdict } from '../verdict.ts';
import type { EnsembleMethod, PredictionMethod } from '../words.ts';
import type { HoldoutLookDto } from './looks.ts';
import type { MarksDto } from './marks.ts';
import type { RobustnessDto } from './robustness.ts';
import type { ChampionSurvivalDto } from './survival.ts';

/** Returns, drawdowns and rates are fractions; Sharpe, Sortino and Calmar are annualized, after costs. */

export interface StrategyDto {
  readonly predictionMethod: PredictionMethod;
  readonly ensembleMethod: EnsembleMethod;
  readonly confidenceThreshold: number;
  /** Bars. */
  readonly lookbackWindow: number;
}

/**
 * Main figures of one strategy in one window. Null: not defined, since there was no trade or nothing to divide by. A Sharpe
 * ratio never stands without its standard error, in the same unit.
 */
export interface ScoreDto {
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly maxDrawdown: number | null;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  readonly trades: number;
  /** 0..1, breaks even at 0.5. */
  readonly composite: number | null;
}

/** Results of trades beside what they put at risk: the distance of the stop, without one 14-bar average true range. */
export interface StakeDto {
  /** Net result / sum of what was staked. */
  readonly roi: number | null;
  readonly hitRate: number | null;
  /** Share of trades that reached their take-profit; null where trades have none. */
  readonly hitRateTp1: number | null;
  /** Mean net log return of the trades that were won. */
  readonly averageWin: number | null;
  /** Of the others, without sign. */
  readonly averageLoss: number | null;
  readonly profitFactor: number | null;
  /** Null below 30 trades. */
  readonly kelly: {
    /** Share of capital whose staking grows it fastest, if the past is any guide; negative: none. */
    readonly fraction: number;
    readonly error: number;
    /** What to stake at most: half of the fraction, between 0 and 25 %. */
    readonly halved: number;
  } | null;
  /** Trades in a row that were not won. */
  readonly longestLosingStreak: number | null;
}

/** Parts of the composite score, each 0..1 and 0.5 at break-even; null without a trade. */
export interface ScorePartsDto {
  /** Net results against their scatter. */
  readonly result: number | null;
  /** The same of results per stake. */
  readonly stake: number | null;
  /** Profits against losses. */
  readonly profit: number | null;
  /** Win rate against the one that breaks even. */
  readonly wins: number | null;
  /** Run-up against drawdown. */
  readonly runUp: number | null;
}

/** What luck alone makes of a champion; figures are null where not all that was tried was counted. */
export interface LuckDto {
  /** Annual Sharpe ratio that the best of all tries in the scope reaches by luck alone in one of 20 cases, in this champion's window. */
  readonly sharpe: number | null;
  /** As the champion's p, of everything tried in its market: in any regime and over all bars. */
  readonly marketP: number | null;
  /** Chance that its true Sharpe ratio exceeds what the best of the effective tries is expected to reach without an edge. */
  readonly deflatedSharpe: number | null;
  /** Strategies that were tried in its scope and window; those of a model that trade alike count once. */
  readonly tries: number | null;
  /** How many independent ones they amount to. */
  readonly effectiveTries: number | null;
  /** Of choosing the best of them, by a sample of at most 2,000: about 1/2 without any edge, in 0.2 to 0.8 mostly. */
  readonly overfitting: {
    /** Share of splits in which the best in one half of the window is at or below the median in the other. */
    readonly pbo: number;
    /** Share of splits in which it loses there. */
    readonly lossOutOfSample: number;
    readonly strategies: number;
  } | null;
  /** Bars that it takes to be 95 % sure that its true Sharpe ratio is above 0, choosing aside; null: never with this one. And those that there are. */
  readonly trackRecord: { readonly needed: number | null; readonly bars: number } | null;
  /** Why figures are null, in whole sentences; null where nothing is missing. */
  readonly missing: string | null;
}

/** The counted folds of a validation as one out-of-sample curve, as it stands beside a champion. */
export interface OutOfSampleDto {
  readonly scheme: ValidationScheme;
  readonly folds: number;
  readonly trades: number;
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  /** Mean of the net day sums over its error. */
  readonly t: number | null;
  /** One-sided, adjusted for everything that was validated in its market. */
  readonly p: number;
  readonly maxDrawdown: number | null;
  readonly winRate: number | null;
  readonly composite: number | null;
  readonly scores: ScorePartsDto;
}

export interface ChampionDto extends ScoreDto, ShortConfiguration {
  /** `SYMBOL/TIMEFRAME/REGIME[/RANK]`, by which it is asked for; see `formatChampion`. */
  readonly champion: string;
  readonly verdict: Verdict;
  /** Whole sentences with the figures that decided the verdict. */
  readonly verdictReason: string;
  /** Of the validation that the verdict is of; null: not validated. */
  readonly outOfSample: OutOfSampleDto | null;
  readonly regime: string;
  /** The job that trained its run; null where that was removed. */
  readonly job: JobOfRun | null;
  readonly runId: string;
  readonly strategy: StrategyDto;
  /** Position of the strategy in canonical order. */
  readonly strategyIndex: number;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly expectancy: number | null;
  readonly totalReturn: number | null;
  readonly exposure: number | null;
  readonly stake: StakeDto;
  readonly scores: ScorePartsDto;
  readonly achievedAt: string;
  /** The same strategy in the same regime on the window nothing was chosen by; null until the look at it is spent. */
  readonly holdout: ScoreDto | null;
  readonly holdoutLook: HoldoutLookDto;
  /**
   * Chance that the best of everything ever tried in its scope, in whatever window, is at least as good as this one although nothing
   * has an edge; null where not all of it was counted. It changes whenever more is tried there.
   */
  readonly p: number | null;
  readonly luck: LuckDto;
  /** What changed since it was chosen, in words, where that has put it aside: its score no longer competes. */
  readonly stale: string | null;
  /** Its model file is not where it was kept: it can't forecast until its configuration is trained again or the file is back. */
  readonly modelMissing: boolean;
  /** As-of date (ISO 8601) of the data that its figures are from, where it was scored again; null: as when it was chosen. */
  readonly scoredAgain: string | null;
  /**
   * What changed since its figures were computed, in words, while nobody has competed with it: it is scored again before anyone
   * does. Null: nothing, or it is stale; of a job's summary: it was not looked at.
   */
  readonly outdated: string | null;
  readonly synthetic: boolean;
  /** `A round trip costs 1.4 pips, …`, under the costs of its figures; null where that is not known. */
  readonly roundTrip: string | null;
  /** Null: not tested yet, or what it was found of has changed. */
  readonly robustness: RobustnessDto | null;
  /** Absent where no model of what survives is in production; null: not tested for robustness yet, which tells what it looks at. */
  readonly survival?: ChampionSurvivalDto | null;
  /** Those of its run; absent where it has none. */
  readonly marks?: MarksDto;
}

/** A job by what it is called. */
export interface JobOfRun {
  readonly queueId: number;
  readonly name: string;
}

/** A regime that has no champion although runs were judged in it. */
export interface VacancyDto {
  /** `*` where champions are chosen among all symbols and timeframes. */
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  /** Runs that were not good enough. */
  readonly runs: number;
  /** What the one that came nearest lacks, in whole words. */
  readonly reason: string;
}

export type RunStatus = 'completed' | 'failed';

export interface RunDto extends Configuration {
  readonly id: number;
  readonly uuid: string;
  /** Whether its candles came from a synthetic market. */
  readonly synthetic: boolean;
  readonly status: RunStatus;
  readonly kept: boolean;
  /** The job that trained it; null where that was removed. */
  readonly job: JobOfRun | null;
  /** Regimes this run is champion of now. */
  readonly bestRegimes: readonly string[];
  /** Its best strategy over all bars of the selection window by Sharpe, in canonical order; null for a failed run. */
  readonly bestStrategy: number | null;
  /** Figures of that strategy there; null for a failed run, too. */
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly maxDrawdown: number | null;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  /** Mean net log return of a trade. */
  readonly expectancy: number | null;
  /** Net, a fraction: 0.1 is 10 %. */
  readonly totalReturn: number | null;
  readonly trades: number | null;
  readonly composite: number | null;
  readonly stake: StakeDto | null;
  readonly rmse: number | null;
  readonly mae: number | null;
  readonly r2: number | null;
  readonly rankIc: number | null;
  readonly error: string | null;
  readonly createdAt: string;
  readonly seconds: number;
  /** Absent where it has none. */
  readonly marks?: MarksDto;
}

export interface HistoryPageDto {
  readonly runs: readonly RunDto[];
  /** Runs that match, on all pages. */
  readonly total: number;
}

/** All figures of one strategy in one window, on all bars or alone in one regime. */
export interface MetricsDto extends ScoreDto {
  readonly sortino: number | null;
  readonly calmar: number | null;
  /** Mean net log return of a trade. */
  readonly expectancy: number | null;
  readonly totalReturn: number | null;
  /** Share of bars with a position. */
  readonly exposure: number | null;
  /** Trades in a row that were not won. */
  readonly longestLosingStreak: number | null;
}

export interface StrategyResultDto extends StrategyDto {
  readonly index: number;
  readonly selection: MetricsDto;
  /** Null until the look at it is spent; see `RunDetailDto.holdoutLook`. */
  readonly holdout: MetricsDto | null;
  /** Of the strategy alone in each regime, on the selection window; names as in `RunDetailDto.regimes`. */
  readonly regimes: readonly MetricsDto[];
  /** The same on the holdout; empty for a run of the first release, null until the look at it is spent. */
  readonly holdoutRegimes: readonly MetricsDto[] | null;
}

/** A strategy of which a run that was shrunk still has the figures. */
export interface ContenderDto extends StrategyDto {
  readonly index: number;
  /** In which alone it traded, as the best there; null: all bars. */
  readonly regime: string | null;
  readonly selection: MetricsDto;
  /** Null until the look at it is spent; see `RunDetailDto.holdoutLook`. */
  readonly holdout: MetricsDto | null;
}

export interface AuditDto {
  readonly at: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly regime: string;
  readonly decision: 'champion' | 'rejected' | 'pushed_out' | 'stood_aside' | 'rescored';
  /** Of the champion it was compared with, on the bars and under the costs and rules of the new score. */
  readonly oldScore: number | null;
  /** Standard error of that score, where it is a Sharpe ratio; null for decisions of earlier versions. */
  readonly oldScoreError: number | null;
  /** The same as it was stored when that champion was chosen. */
  readonly oldStoredScore: number | null;
  readonly newScore: number | null;
  /** Standard error of the new score, where that is a Sharpe ratio; else null. */
  readonly newScoreError: number | null;
  readonly margin: number | null;
  readonly trades: number | null;
  readonly reason: string;
}

/** How well one model of a run says what its members left out; `both`: it is the only one. Errors in the target's unit. */
export interface LeftOutDto {
  readonly side: 'both' | 'long' | 'short';
  readonly rmse: number;
  readonly mae: number;
  readonly r2: number;
  /** Spearman's rank correlation of prediction and label. */
  readonly rankIc: number;
  /** Of targets that are classes; null of others. */
  readonly classes: LeftOutClassesDto | null;
}

/** Figures of classes; null where there is nothing to compute one from. What a constant reaches stands beside. */
export interface LeftOutClassesDto {
  readonly rows: number;
  /** Rows of class 1. */
  readonly positives: number;
  readonly accuracy: number | null;
  /** Share of the larger class: the accuracy of always saying it. */
  readonly baseRate: number;
  readonly balancedAccuracy: number | null;
  /** Without an edge, under overlapping labels. */
  readonly balancedAccuracyError: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly rocAuc: number | null;
  readonly rocAucError: number | null;
  /** Nats; beside it that of always giving the larger class its share. */
  readonly logLoss: number | null;
  readonly baseLogLoss: number | null;
  readonly brier: number | null;
  readonly baseBrier: number | null;
  readonly confusion: {
    readonly truePositives: number;
    readonly falsePositives: number;
    readonly trueNegatives: number;
    readonly falseNegatives: number;
  };
  /** Probabilities of about one size beside what came of them, ascending; as many rows in each. */
  readonly calibration: readonly CalibrationBinDto[];
}

export interface CalibrationBinDto {
  /** Mean probability that was forecast. */
  readonly forecast: number;
  /** Share of class 1 that came. */
  readonly share: number;
  readonly count: number;
}

/** What an agent's policy stands beside, on the selection window over all bars, after costs; see `policyBeside`. */
export interface BesideDto {
  readonly name: 'policy' | 'flat' | 'buy_and_hold' | 'one_step' | 'random' | 'hindsight';
  readonly totalReturn: number;
  readonly sharpe: number | null;
  readonly sharpeError: number | null;
  readonly trades: number;
  /** Share of bars in a position. */
  readonly exposure: number;
}

export interface RunDetailDto extends RunDto {
  readonly trainRows: number | null;
  readonly artifactFile: string | null;
  /** Size of the model file, whether it was kept or not. */
  readonly artifactBytes: number;
  /** What the run was based on, part by part (candle digest, costs, ...). */
  readonly basis: Readonly<Record<string, unknown>>;
  readonly holdoutLook: HoldoutLookDto;
  /** Of targets other than the return: what each model said of the rows that its members left out; null of others and of a failed run. */
  readonly leftOut: readonly LeftOutDto[] | null;
  /** Of an agent's run; null of others and of a failed one. */
  readonly beside: readonly BesideDto[] | null;
  /** Shares of each feature in gain and in splits (null for models without), most important first; null for a failed run. */
  readonly importance:
    | readonly { readonly feature: string; readonly gain: number; readonly splits: number | null }[]
    | null;
  /** Regimes that its strategies were tested in; of a run of the first release the unclassified rest, too, last. */
  readonly regimes: readonly string[];
  /** All strategies, in canonical order; empty for a failed run, and while their table is missing. */
  readonly strategies: readonly StrategyResultDto[];
  /** What an old run whose model was not kept has in place of `strategies`; else empty. */
  readonly contenders: readonly ContenderDto[];
  /** Why the table of strategies is missing, and what gives it again; null where it is there, and for a failed run. */
  readonly missingTable: string | null;
  /** Of its best strategy; null for a failed run. */
  readonly scores: ScorePartsDto | null;
  readonly audit: readonly AuditDto[];
  readonly errorStack: string | null;
}
