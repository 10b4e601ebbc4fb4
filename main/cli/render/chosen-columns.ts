import { championColumn } from '../../../engine/contract/champion-columns.ts';
import type { ChampionDto, HistoryPageDto, RunDto } from '../../../engine/contract/dto/index.ts';
import { digitsText } from '../../../engine/contract/number-text.ts';
import { RUN_FIGURES, type RunFigureKey } from '../../../engine/contract/run-figures.ts';
import { BEST_EVIDENCE_FIRST, verdictText } from '../../../engine/contract/verdict.ts';
import { count, integer, minute, table } from './format.ts';
import { HIDDEN, withError } from './scores.ts';

/** Tables of the columns that were asked for, under their keys: figures as they are, not as percent. */

export function chosenHistory(
  { runs, total }: HistoryPageDto,
  columns: readonly string[],
  champions: readonly ChampionDto[],
): string {
  if (runs.length === 0) return 'No runs match.';
  const rank = ({ verdict }: ChampionDto) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  const best = new Map(champions.toSorted((a, b) => rank(b) - rank(a)).map((one) => [one.runId, one]));
  const rows = runs.map((run) => columns.map((key) => runCell(run, key, best.get(run.uuid))));
  return `${table(columns, rows, numbersOf(rows, columns))}\n\n${integer(runs.length)} of ${integer(total)} runs`;
}

function runCell(run: RunDto, key: string, champion: ChampionDto | undefined): string {
  switch (key) {
    case 'uuid':
      return run.uuid.slice(0, 8);
    case 'regimes':
      return run.bestRegimes.join(', ');
    case 'job':
      return run.job === null ? '' : `${run.job.queueId} ${run.job.name}`;
    case 'marks':
      return [run.marks?.favorite === true ? '★' : '', ...(run.marks?.tags ?? []), run.marks?.note ?? '']
        .join(' ')
        .trim();
    case 'createdAt':
      return minute(run.createdAt);
    case 'sharpe':
      return withError(run.sharpe, run.sharpeError);
    case 'hitRate':
      return plain(run.stake?.hitRate);
    case 'verdict':
      return champion === undefined ? '' : verdictText(champion.verdict);
    case 'p':
      return plain(champion?.p);
    case 'outOfSample':
      return withError(champion?.outOfSample?.sharpe ?? null, champion?.outOfSample?.sharpeError ?? null);
    default:
      return plain(
        Object.hasOwn(RUN_FIGURES, key)
          ? RUN_FIGURES[key as RunFigureKey].of(run)
          : (run as unknown as Readonly<Record<string, unknown>>)[key],
      );
  }
}

export function chosenChampions(champions: readonly ChampionDto[], columns: readonly string[]): string {
  if (champions.length === 0) return 'No champions match.';
  const rows = champions.map((champion) => columns.map((key) => championCell(champion, key)));
  return `${table(columns, rows, numbersOf(rows, columns))}\n\n${count(champions.length, 'champion')}`;
}

function championCell(champion: ChampionDto, key: string): string {
  switch (key) {
    case 'sharpe':
      return withError(champion.sharpe, champion.sharpeError);
    case 'outOfSample':
      return withError(champion.outOfSample?.sharpe ?? null, champion.outOfSample?.sharpeError ?? null);
    case 'holdoutSharpe':
      return champion.holdout === null
        ? HIDDEN
        : withError(champion.holdout.sharpe, champion.holdout.sharpeError);
    case 'job':
      return champion.job === null ? '' : `${champion.job.queueId} ${champion.job.name}`;
    case 'run':
      return champion.runId.slice(0, 8);
    case 'achievedAt':
      return minute(champion.achievedAt);
    default:
      return plain(championColumn(key)?.of(champion));
  }
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? digitsText(value) : digitsText(value, 4);
}

/** Columns without a letter in their cells. */
function numbersOf(rows: readonly (readonly string[])[], columns: readonly string[]): string[] {
  return columns.filter((_, at) => rows.every((row) => /^[\d\s.,+\-−±–e]*$/.test(row[at]!)));
}
