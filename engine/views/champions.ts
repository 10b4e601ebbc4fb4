import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { Basis } from '../binding/basis.ts';
import type { ScoredPlace } from '../binding/outdated.ts';
import { configurationOf } from '../cells/columns.ts';
import { shortConfiguration } from '../cells/describe.ts';
import { referencesOf } from '../contract/champion-reference.ts';
import type { ChampionDto, HoldoutLookDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';
import { BEST_EVIDENCE_FIRST } from '../contract/verdict.ts';
import { knownPip } from '../market/instruments/kind.ts';
import { type ListedChampion, listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { jobsOfRuns } from '../store/run-jobs.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { allSeries } from '../store/series.ts';
import { holdoutScore, scorePartsOf, selectionScore, stakeOf } from './figures.ts';
import { holdoutLooks, whenOpen } from './holdout.ts';
import { type ChampionLuck, luckReader } from './luck.ts';
import { robustnessReader } from './robustness.ts';
import { runMarks } from './run.ts';
import { roundTrips } from './series.ts';

/** What changed since a score was given, in words, or null; see `createOutdated`. */
export type Outdated = (scored: ScoredPlace) => Promise<string | null>;

/** Which model files are there. */
export type Models = Pick<ArtifactFolder, 'has'>;

/** What evidence says of a champion. */
export type Judged = Pick<ChampionDto, 'verdict' | 'verdictReason' | 'outOfSample'>;
/** `holdout`: once somebody has looked at it. */
export type Judge = (row: ListedChampion, luck: ChampionLuck, holdout: SeenHoldout | null) => Judged;

/** A holdout whose look is spent: when it was, ms UTC, and what the champion did in it. */
export interface SeenHoldout {
  readonly from: number;
  readonly to: number;
  readonly trades: number;
  /** Net, a fraction: 0.1 is 10 %. */
  readonly totalReturn: number;
}

/** Champions, with what `outdated` says of the scores that compete, and `judge` of the evidence. */
export async function datedChampionDtos(
  store: Store,
  models: Models,
  outdated: Outdated,
  judge: Judge,
): Promise<ChampionDto[]> {
  const robustnessOf = robustnessReader(store);
  const jobs = jobsOfRuns(
    store,
    listedChampions(store).map(({ run_id }) => run_id),
  );
  const roundTripOf = roundTrips(allSeries(store));
  const marksOf = runMarks(
    store,
    listedChampions(store).map(({ uuid }) => ({ uuid })),
  );
  const champions: ChampionDto[] = [];
  for (const { row, name, basis, luck, look, judged } of judgedChampions(store, judge)) {
    const { symbol, timeframe, regime, stale } = row;
    const changed = stale === null ? await outdated({ basis, symbol, timeframe, regime }) : null;
    const robustness = robustnessOf(row);
    const known = { luck, look, outdated: changed };
    const dto = championDto(row, known, models);
    // What it paid: its own pip, or the convention's.
    const pip = knownPip(dto.symbol);
    const paid = basis.costs && (pip === undefined ? basis.costs : { pip, ...basis.costs });
    const roundTrip = roundTripOf(dto.symbol, dto.timeframe, paid);
    const job = jobs.get(row.run_id) ?? null;
    champions.push({ champion: name, ...judged, ...dto, job, roundTrip, robustness, ...marksOf(row) });
  }
  return champions;
}

/** A champion with what the evidence says of it. */
interface JudgedChampion {
  readonly row: ListedChampion;
  readonly name: string;
  readonly basis: Partial<Basis>;
  readonly luck: ChampionLuck;
  readonly look: HoldoutLookDto;
  readonly judged: Judged;
}

/** What a champion's figures were computed on. */
function basisOf(store: Store, row: ListedChampion): Partial<Basis> {
  const stored = row.basis ?? scoredRun(store, row.run_id).basis;
  return storedJson<Partial<Basis>>(stored, `the basis of run ${row.run_id}`);
}

/** Champions whose figures are not set aside: their references, and where and on what they were scored. */
export function scoredChampions(store: Store): { readonly champion: string; readonly scored: ScoredPlace }[] {
  const rows = listedChampions(store);
  const references = referencesOf(rows);
  return rows.flatMap((row, i) => {
    const { symbol, timeframe, regime, stale } = row;
    const scored = { basis: basisOf(store, row), symbol, timeframe, regime };
    return stale === null ? [{ champion: references[i]!, scored }] : [];
  });
}

function* judgedChampions(store: Store, judge: Judge): Generator<JudgedChampion> {
  const luckOf = luckReader(store);
  const lookOf = holdoutLooks(store);
  const rows = listedChampions(store);
  const references = referencesOf(rows);
  for (const [index, row] of rows.entries()) {
    const { symbol, timeframe } = row;
    const basis = basisOf(store, row);
    const luck = luckOf(row, basis);
    const look = lookOf({ symbol, timeframe, basis, at: row.achieved_at });
    const judged = judge(row, luck, seenHoldout(row, look));
    yield { row, name: references[index]!, basis, luck, look, judged };
  }
}

/** What the evidence says of a run that is a champion, of its place with the best evidence. */
export interface RunVerdict extends Pick<Judged, 'verdict' | 'outOfSample'> {
  /** As `ChampionDto.p`. */
  readonly p: number | null;
}

/** Of all runs that are champions, by their numbers. */
export function runVerdicts(store: Store, judge: Judge): Map<number, RunVerdict> {
  const verdicts = new Map<number, RunVerdict>();
  const rank = ({ verdict }: Pick<Judged, 'verdict'>) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  for (const { row, luck, judged } of judgedChampions(store, judge)) {
    const { verdict, outOfSample } = judged;
    const before = verdicts.get(row.run_id);
    if (before !== undefined && rank(before) <= rank(judged)) continue;
    verdicts.set(row.run_id, { verdict, outOfSample, p: luck.p });
  }
  return verdicts;
}

function seenHoldout(row: ListedChampion, look: HoldoutLookDto): SeenHoldout | null {
  const { holdout_trades: trades, holdout_total_return: totalReturn } = row;
  const { from, to } = look;
  // The first release does not say where its holdouts began.
  if (from === null || totalReturn === null) return null;
  return whenOpen(look, () => ({ from: Date.parse(from), to: Date.parse(to), trades, totalReturn }));
}

/** What is known of a champion beside its own row. */
interface Known {
  readonly luck: ChampionLuck;
  readonly look: HoldoutLookDto;
  readonly outdated: string | null;
}

function championDto(
  row: ListedChampion,
  { luck, look, outdated }: Known,
  models: Models,
): Omit<ChampionDto, keyof Judged | 'champion' | 'job' | 'robustness' | 'roundTrip'> {
  return {
    ...shortConfiguration(configurationOf(row)),
    regime: row.regime,
    runId: row.uuid,
    strategy: {
      predictionMethod: row.prediction_method,
      ensembleMethod: row.ensemble_method,
      confidenceThreshold: row.confidence_threshold,
      lookbackWindow: row.lookback_window,
    },
    strategyIndex: row.strategy_index,
    ...selectionScore(row),
    sortino: row.sortino,
    calmar: row.calmar,
    expectancy: row.expectancy,
    totalReturn: row.total_return,
    exposure: row.exposure,
    stake: stakeOf(row),
    scores: scorePartsOf(row),
    achievedAt: new Date(row.achieved_at).toISOString(),
    holdout: whenOpen(look, () => holdoutScore(row)),
    holdoutLook: look,
    ...luck,
    stale: row.stale,
    modelMissing: row.artifact_file === null || !models.has(row.artifact_file),
    scoredAgain:
      row.basis === null
        ? null
        : storedJson<Basis>(row.basis, `the basis of a champion of ${row.regime}`).as_of,
    outdated,
    synthetic: row.synthetic === 1,
  };
}
