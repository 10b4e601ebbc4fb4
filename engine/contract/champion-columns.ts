import type { ConditionColumns, ConditionKind } from './conditions.ts';
import { AXIS_LIST } from './configuration.ts';
import type { ChampionDto } from './dto/index.ts';
import { BEST_EVIDENCE_FIRST, verdictText } from './verdict.ts';

type Value = string | number | boolean | null;

/** What tables of champions can show, sort by and filter by. */
export interface ChampionColumn {
  readonly key: string;
  readonly kind: ConditionKind;
  /** Null where it is not known, or hidden. */
  of(champion: ChampionDto): Value;
  /** Where its order is another: higher is better. */
  rank?(champion: ChampionDto): number;
  /** Names of its columns in files; a figure and its error are two. */
  readonly files: readonly string[];
}

const figure = (key: string, of: ChampionColumn['of'], ...files: string[]): ChampionColumn => ({
  key,
  kind: 'number',
  of,
  files,
});
const text = (key: string, of: ChampionColumn['of'], ...files: string[]): ChampionColumn => ({
  key,
  kind: 'text',
  of,
  files,
});

const AXES = AXIS_LIST.filter(({ head }) => head !== undefined).map(
  ({ key, name, head, initial }): ChampionColumn => ({
    key,
    kind: head?.isNumber === true ? 'number' : 'text',
    of: (champion) =>
      ((champion as unknown as Record<string, Value | undefined>)[key] ?? initial ?? null) as Value,
    files: [name],
  }),
);

/** In the order in which they are usually shown. */
export const CHAMPION_COLUMNS: readonly ChampionColumn[] = [
  text('regime', (c) => c.regime, 'regime'),
  {
    ...text('verdict', (c) => verdictText(c.verdict), 'verdict'),
    rank: (c) => -BEST_EVIDENCE_FIRST.indexOf(c.verdict),
  },
  ...AXES,
  { key: 'synthetic', kind: 'flag', of: (c) => c.synthetic, files: ['synthetic'] },
  figure('sharpe', (c) => c.sharpe, 'sharpe', 'sharpe_error'),
  figure('sharpeError', (c) => c.sharpeError, 'sharpe_error'),
  figure('outOfSample', (c) => c.outOfSample?.sharpe ?? null, 'out_of_sample_sharpe', 'standard_error'),
  figure('p', (c) => c.p, 'p'),
  figure('luck', (c) => c.luck.sharpe, 'luck_sharpe'),
  figure('composite', (c) => c.composite, 'composite'),
  figure('roi', (c) => c.stake.roi, 'roi'),
  figure('totalReturn', (c) => c.totalReturn, 'total_return'),
  figure('maxDrawdown', (c) => c.maxDrawdown, 'max_drawdown'),
  figure('winRate', (c) => c.winRate, 'win_rate'),
  figure('trades', (c) => c.trades, 'trades'),
  figure('profitFactor', (c) => c.profitFactor, 'profit_factor'),
  figure('expectancy', (c) => c.expectancy, 'expectancy'),
  figure('sortino', (c) => c.sortino, 'sortino'),
  figure('calmar', (c) => c.calmar, 'calmar'),
  figure('exposure', (c) => c.exposure, 'exposure'),
  figure('holdoutSharpe', (c) => c.holdout?.sharpe ?? null, 'holdout_sharpe', 'holdout_sharpe_error'),
  figure('job', (c) => c.job?.queueId ?? null, 'job', 'job_name'),
  { key: 'favorite', kind: 'flag', of: (c) => c.marks?.favorite === true, files: ['favorite'] },
  text('tags', (c) => c.marks?.tags.join(' ') ?? '', 'tags'),
  text('note', (c) => c.marks?.note ?? '', 'note'),
  text('run', (c) => c.runId, 'run'),
  text('achievedAt', (c) => c.achievedAt, 'achieved_at'),
];

export const CHAMPION_COLUMN_KEYS: readonly string[] = CHAMPION_COLUMNS.map(({ key }) => key);

export const CHAMPION_CONDITIONS: ConditionColumns = Object.fromEntries(
  CHAMPION_COLUMNS.map(({ key, kind }) => [key, kind]),
);

const BY_KEY = new Map(CHAMPION_COLUMNS.map((column) => [column.key, column]));

export function championColumn(key: string): ChampionColumn | undefined {
  return BY_KEY.get(key);
}

/** Names in a file of the columns with these keys, in their order, each once. */
export function championFileColumns(keys: readonly string[]): string[] {
  return [...new Set(keys.flatMap((key) => BY_KEY.get(key)?.files ?? []))];
}
