import type { AxisKey } from '../../contract/axes.ts';
import { AXIS_LIST } from '../../contract/configuration.ts';
import type { ChampionDto } from '../../contract/dto/index.ts';
import { csvLine } from '../../files/csv.ts';

type Cell = string | number | null;
type Column = readonly [string, (champion: ChampionDto) => Cell];

/** A column for each axis that lists show; what is no plain value as JSON. */
const CONFIGURATION = AXIS_LIST.filter(({ head }) => head !== undefined).map(
  ({ key, name }): Column => [
    name,
    (champion: Partial<Readonly<Record<AxisKey, unknown>>>) => plain(champion[key]),
  ],
);

function plain(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

/** Columns of the exported champions: name, and value of a champion; empty where it is hidden, or there is none. */
const COLUMNS: readonly Column[] = [
  ['champion', (c) => c.champion],
  ['verdict', (c) => c.verdict],
  ['p', (c) => c.p],
  ['out_of_sample_sharpe', (c) => c.outOfSample?.sharpe ?? null],
  ['standard_error', (c) => c.outOfSample?.sharpeError ?? null],
  ['out_of_sample_scheme', (c) => c.outOfSample?.scheme ?? null],
  ['out_of_sample_folds', (c) => c.outOfSample?.folds ?? null],
  ['out_of_sample_trades', (c) => c.outOfSample?.trades ?? null],
  ['out_of_sample_p', (c) => c.outOfSample?.p ?? null],
  ['run', (c) => c.runId],
  ...CONFIGURATION,
  ['regime', (c) => c.regime],
  ['prediction_method', (c) => c.strategy.predictionMethod],
  ['ensemble_method', (c) => c.strategy.ensembleMethod],
  ['confidence_threshold', (c) => c.strategy.confidenceThreshold],
  ['lookback_window', (c) => c.strategy.lookbackWindow],
  ['sharpe', (c) => c.sharpe],
  ['sharpe_error', (c) => c.sharpeError],
  ['max_drawdown', (c) => c.maxDrawdown],
  ['win_rate', (c) => c.winRate],
  ['profit_factor', (c) => c.profitFactor],
  ['trades', (c) => c.trades],
  ['total_return', (c) => c.totalReturn],
  ['composite', (c) => c.composite],
  ['luck_sharpe', (c) => c.luck.sharpe],
  ['market_p', (c) => c.luck.marketP],
  ['deflated_sharpe', (c) => c.luck.deflatedSharpe],
  ['tries', (c) => c.luck.tries],
  ['effective_tries', (c) => c.luck.effectiveTries],
  ['pbo', (c) => c.luck.overfitting?.pbo ?? null],
  ['holdout_sharpe', (c) => c.holdout?.sharpe ?? null],
  ['holdout_sharpe_error', (c) => c.holdout?.sharpeError ?? null],
  ['holdout_trades', (c) => c.holdout?.trades ?? null],
  ['achieved_at', (c) => c.achievedAt],
  ['verdict_reason', (c) => c.verdictReason],
  ['favorite', (c) => (c.marks?.favorite ? 'yes' : 'no')],
  ['tags', (c) => c.marks?.tags.join(' ') ?? ''],
  ['note', (c) => c.marks?.note ?? ''],
];

export function championsCsv(champions: readonly ChampionDto[]): string {
  const head = csvLine(COLUMNS.map(([name]) => name));
  return head + champions.map((champion) => csvLine(COLUMNS.map(([, cell]) => cell(champion)))).join('');
}
