import { AXIS_LIST, type Configuration } from '../contract/configuration.ts';
import type {
  CompareGroup,
  CompareRowDto,
  MetricsDto,
  RunDetailDto,
  StrategyDto,
  TraceDto,
} from '../contract/dto/index.ts';
import { namedHyperparameters } from '../contract/hyperparameters.ts';

type Value = string | number | boolean | null;
type Better = 'higher' | 'lower';

/** What is compared of a run, champion or version. */
export interface Compared {
  readonly configuration: Configuration;
  readonly strategy: StrategyDto | null;
  /** On the selection window, in its regime alone where it has one. */
  readonly figures: Readonly<Partial<Record<keyof MetricsDto, number | null>>>;
  readonly verdict: string | null;
  readonly p: number | null;
  readonly outOfSample: Pick<MetricsDto, 'sharpe' | 'sharpeError' | 'trades'> | null;
  /** Null of a version whose run is gone. */
  readonly run: RunDetailDto | null;
}

const FIGURES: readonly (readonly [keyof MetricsDto, string, Better | undefined])[] = [
  ['totalReturn', 'Return', 'higher'],
  ['maxDrawdown', 'Max drawdown', 'lower'],
  ['winRate', 'Win rate', 'higher'],
  ['profitFactor', 'Profit factor', 'higher'],
  ['expectancy', 'Expectancy', 'higher'],
  ['trades', 'Trades', undefined],
  ['composite', 'Composite score', 'higher'],
];

const STRATEGY: readonly (readonly [keyof StrategyDto, string])[] = [
  ['predictionMethod', 'Prediction method'],
  ['ensembleMethod', 'Ensemble method'],
  ['confidenceThreshold', 'Confidence threshold'],
  ['lookbackWindow', 'Lookback window'],
];

const TRAINING: readonly (readonly [keyof RunDetailDto, string, Better | undefined])[] = [
  ['status', 'Status', undefined],
  ['kept', 'Kept', undefined],
  ['rankIc', 'Rank IC', 'higher'],
  ['r2', 'R²', 'higher'],
  ['rmse', 'RMSE', undefined],
  ['mae', 'MAE', undefined],
  ['seconds', 'Training time', undefined],
  ['artifactBytes', 'Model file', undefined],
  ['createdAt', 'Created', undefined],
];

/** Row by row: configuration, strategy, figures, evidence, training, and the best Sharpe ratio per regime. */
export function compareRows(all: readonly Compared[]): CompareRowDto[] {
  const rows: CompareRowDto[] = [];
  const add = (
    group: CompareGroup,
    key: string,
    title: string,
    of: (one: Compared) => Value | undefined,
    better?: Better,
    errorOf?: (one: Compared) => number | null | undefined,
  ) => {
    const values = all.map((one) => of(one) ?? null);
    const differs = new Set(values).size > 1;
    rows.push({
      group,
      key,
      title,
      values,
      ...(errorOf === undefined ? {} : { errors: all.map((one) => errorOf(one) ?? null) }),
      differs,
      best: differs && better !== undefined ? bestOf(values, better) : [],
    });
  };

  for (const { key, title } of AXIS_LIST) {
    if (key === 'hyperparameters') continue;
    add('Configuration', key, title, ({ configuration }) =>
      key === 'indicatorTimeframes'
        ? indicatorsText(configuration.indicatorTimeframes)
        : (configuration[key] as Value),
    );
  }
  const named = new Map(
    all.map((one) => [
      one,
      new Map(
        namedHyperparameters(one.configuration.hyperparameters).map(({ name, value }) => [name, value]),
      ),
    ]),
  );
  for (const name of union([...named.values()].map((of) => [...of.keys()]))) {
    add('Configuration', name, name, (one) => named.get(one)!.get(name));
  }
  for (const [key, title] of STRATEGY) add('Strategy', key, title, ({ strategy }) => strategy?.[key]);

  const traded = <T>(value: T, trades: number | null | undefined) => (trades === 0 ? null : value);
  add(
    'Figures',
    'sharpe',
    'Sharpe ratio',
    ({ figures }) => traded(figures.sharpe, figures.trades),
    'higher',
    ({ figures }) => figures.sharpeError,
  );
  for (const [key, title, better] of FIGURES)
    add('Figures', key, title, ({ figures }) => figures[key], better);

  add('Evidence', 'verdict', 'Verdict', ({ verdict }) => verdict);
  add('Evidence', 'familyWiseP', 'p', ({ p }) => p, 'lower');
  add(
    'Evidence',
    'outOfSample',
    'Sharpe ratio out of sample',
    ({ outOfSample }) => traded(outOfSample?.sharpe, outOfSample?.trades),
    'higher',
    ({ outOfSample }) => outOfSample?.sharpeError,
  );
  for (const [key, title, better] of TRAINING) {
    add('Training', key, title, ({ run }) => run?.[key] as Value | undefined, better);
  }
  for (const regime of union(all.map(({ run }) => run?.regimes ?? []))) {
    const best = new Map(all.map((one) => [one, one.run === null ? undefined : bestIn(one.run, regime)]));
    add(
      'Sharpe per regime',
      regime,
      regime,
      (one) => best.get(one)?.sharpe,
      'higher',
      (one) => best.get(one)?.sharpeError,
    );
  }
  return rows;
}

/** `rsi H1 H4, atr H1`. */
function indicatorsText(indicators: Configuration['indicatorTimeframes']): string {
  return Object.entries(indicators)
    .map(([name, timeframes]) => `${name} ${timeframes.join(' ')}`)
    .join(', ');
}

/** Of the strategy that is best there; undefined where none traded. */
function bestIn(run: RunDetailDto, regime: string): MetricsDto | undefined {
  const index = run.regimes.indexOf(regime);
  if (index === -1) return undefined;
  return run.strategies
    .map((strategy) => strategy.regimes[index]!)
    .filter(({ trades, sharpe }) => trades > 0 && sharpe !== null)
    .reduce<MetricsDto | undefined>(
      (best, one) => (best === undefined || one.sharpe! > best.sharpe! ? one : best),
      undefined,
    );
}

function bestOf(values: readonly Value[], better: Better): number[] {
  const known = values.filter((value) => typeof value === 'number');
  if (known.length < 2) return [];
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  return values.flatMap((value, at) => (value === best ? [at] : []));
}

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];

/** Equity at the end of each day of a trace's selection window, by ISO date. */
export function dailyEquity(trace: Pick<TraceDto, 'time' | 'equity' | 'holdoutFrom'>): Map<string, number> {
  const days = new Map<string, number>();
  const bars = Math.min(trace.holdoutFrom, trace.equity.length);
  for (let bar = 0; bar < bars; bar++) {
    days.set(new Date(trace.time[bar]!).toISOString().slice(0, 10), trace.equity[bar]!);
  }
  return days;
}

/** All on the same days; on days without a bar of its own equity is what it was, and null before and after its window. */
export function joinedEquity(curves: readonly (ReadonlyMap<string, number> | null)[]) {
  const days = [...new Set(curves.flatMap((curve) => [...(curve?.keys() ?? [])]))].sort();
  const equity = curves.map((curve) => {
    const own = [...(curve?.keys() ?? [])];
    const last = own.at(-1);
    let value: number | null = null;
    return days.map((day) => {
      value = curve?.get(day) ?? value;
      return last === undefined || day > last ? null : value;
    });
  });
  return { days, equity };
}
