import type { AxisKey } from '../contract/axes.ts';
import { championFileColumns } from '../contract/champion-columns.ts';
import { AXIS_LIST } from '../contract/configuration.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import type { TableFormat } from '../contract/table-format.ts';
import { type Cell, type Column as ColumnOf, tableFile } from './columns.ts';

type Column = ColumnOf<ChampionDto>;

/** A column for each axis that lists show; what is no plain value as JSON. */
const CONFIGURATION = AXIS_LIST.filter(({ head }) => head !== undefined).map(
  ({ key, name, head }): Column => [
    name,
    (champion: Partial<Readonly<Record<AxisKey, unknown>>>) => plain(champion[key]),
    head?.isNumber === true ? 'integer' : 'text',
  ],
);

function plain(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

/** Columns of the exported champions: name, and value of a champion; empty where it is hidden, or there is none. */
const COLUMNS: readonly Column[] = [
  ['champion', (c) => c.champion, 'text'],
  ['verdict', (c) => c.verdict, 'text'],
  ['p', (c) => c.p],
  ['out_of_sample_sharpe', (c) => c.outOfSample?.sharpe ?? null],
  ['standard_error', (c) => c.outOfSample?.sharpeError ?? null],
  ['out_of_sample_scheme', (c) => c.outOfSample?.scheme ?? null, 'text'],
  ['out_of_sample_folds', (c) => c.outOfSample?.folds ?? null, 'integer'],
  ['out_of_sample_trades', (c) => c.outOfSample?.trades ?? null, 'integer'],
  ['out_of_sample_p', (c) => c.outOfSample?.p ?? null],
  ['run', (c) => c.runId, 'text'],
  ...CONFIGURATION,
  ['regime', (c) => c.regime, 'text'],
  ['prediction_method', (c) => c.strategy.predictionMethod, 'text'],
  ['ensemble_method', (c) => c.strategy.ensembleMethod, 'text'],
  ['confidence_threshold', (c) => c.strategy.confidenceThreshold],
  ['lookback_window', (c) => c.strategy.lookbackWindow, 'integer'],
  ['sharpe', (c) => c.sharpe],
  ['sharpe_error', (c) => c.sharpeError],
  ['max_drawdown', (c) => c.maxDrawdown],
  ['win_rate', (c) => c.winRate],
  ['profit_factor', (c) => c.profitFactor],
  ['trades', (c) => c.trades, 'integer'],
  ['total_return', (c) => c.totalReturn],
  ['composite', (c) => c.composite],
  ['luck_sharpe', (c) => c.luck.sharpe],
  ['market_p', (c) => c.luck.marketP],
  ['deflated_sharpe', (c) => c.luck.deflatedSharpe],
  ['tries', (c) => c.luck.tries, 'integer'],
  ['effective_tries', (c) => c.luck.effectiveTries],
  ['pbo', (c) => c.luck.overfitting?.pbo ?? null],
  ['holdout_sharpe', (c) => c.holdout?.sharpe ?? null],
  ['holdout_sharpe_error', (c) => c.holdout?.sharpeError ?? null],
  ['holdout_trades', (c) => c.holdout?.trades ?? null, 'integer'],
  ['achieved_at', (c) => c.achievedAt, 'time'],
  ['verdict_reason', (c) => c.verdictReason, 'text'],
  ['favorite', (c) => (c.marks?.favorite ? 'yes' : 'no'), 'flag'],
  ['tags', (c) => c.marks?.tags.join(' ') ?? '', 'text'],
  ['note', (c) => c.marks?.note ?? '', 'text'],
];

/** Further ones, written where they are asked for. */
const ASKED: readonly Column[] = [
  ['synthetic', (c) => (c.synthetic ? 'yes' : 'no'), 'flag'],
  ['roi', (c) => c.stake.roi],
  ['expectancy', (c) => c.expectancy],
  ['sortino', (c) => c.sortino],
  ['calmar', (c) => c.calmar],
  ['exposure', (c) => c.exposure],
  ['job', (c) => c.job?.queueId ?? null, 'integer'],
  ['job_name', (c) => c.job?.name ?? null, 'text'],
];

const BY_NAME = new Map([...COLUMNS, ...ASKED].map((column) => [column[0], column]));

/** Champions as a file; `keys`: of the columns that are written, the usual ones by default. */
export function championsFile(
  champions: readonly ChampionDto[],
  format: TableFormat,
  keys?: readonly string[],
  zone?: string,
): string | Uint8Array {
  const columns = keys === undefined ? COLUMNS : championFileColumns(keys).map((name) => BY_NAME.get(name)!);
  return tableFile(columns, champions, format, zone);
}
