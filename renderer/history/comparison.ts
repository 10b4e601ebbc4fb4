import { AXIS_LIST } from '../../engine/contract/configuration.ts';
import type { MetricsDto, RunDetailDto } from '../../engine/contract/dto/index.ts';
import { namedHyperparameters } from '../../engine/contract/hyperparameters.ts';
import type { IndicatorName } from '../../engine/contract/words.ts';
import { axisText } from '../ui/axis-text.ts';
import { formatFigure } from '../ui/figure.ts';
import { DASH, formatBytes, formatDuration, formatTime, titleOf } from '../ui/format.ts';
import { GLOSSARY, type Term } from '../ui/glossary.ts';
import { INDICATOR_TITLES } from '../ui/indicator-titles.ts';
import { MAIN_METRICS, type MetricName } from '../ui/metrics.ts';
import { HIDDEN, sharpeText } from '../ui/sharpe-figure.tsx';
import { bestStrategy, strategyLabel } from './strategies.ts';

export interface ComparisonRow {
  readonly group: string;
  readonly name: string;
  /** One per run. */
  readonly values: readonly string[];
  readonly differs: boolean;
  /** Runs with the best figure; empty where nothing is better or all are equal. */
  readonly best: ReadonlySet<number>;
}

type Better = 'higher' | 'lower';

/** More trades are neither. */
const BETTER: Readonly<Partial<Record<MetricName, Better>>> = {
  totalReturn: 'higher',
  maxDrawdown: 'lower',
  winRate: 'higher',
  profitFactor: 'higher',
};

/** Runs side by side: configuration, training, best strategy, regimes; titles as `useModelTitle` and `useRegimeTitle` give them. */
export function compareRuns(
  runs: readonly RunDetailDto[],
  modelTitle: (modelType: string) => string,
  regimeTitle: (regime: string) => string,
): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  const text = (group: string, name: string, value: (run: RunDetailDto) => string) => {
    const values = runs.map(value);
    rows.push({ group, name, values, differs: new Set(values).size > 1, best: new Set() });
  };
  const figure = (
    group: string,
    term: Term,
    value: (run: RunDetailDto) => number | null | undefined,
    better?: Better,
    name: string = GLOSSARY[term].title,
  ) => {
    addFigures(group, name, runs.map(value), (number) => formatFigure(term, number), better);
  };
  const sharpe = (
    group: string,
    term: 'sharpe' | 'holdoutSharpe',
    /** Null: of a holdout whose look is not spent. */
    score: (run: RunDetailDto) => MetricsDto | null | undefined,
    name: string = GLOSSARY[term].title,
  ) => {
    const scores = runs.map(score);
    const numbers = scores.map((one) =>
      one === undefined || one === null || one.trades === 0 ? null : one.sharpe,
    );
    const text = (i: number) => {
      const one = scores[i];
      return one === undefined ? DASH : one === null ? HIDDEN : sharpeText(one);
    };
    addFigures(group, name, numbers, (_, i) => text(i), 'higher');
  };
  const addFigures = (
    group: string,
    name: string,
    numbers: readonly (number | null | undefined)[],
    text: (number: number | null | undefined, index: number) => string,
    better: Better | undefined,
  ) => {
    const values = numbers.map(text);
    const differs = new Set(values).size > 1;
    rows.push({
      group,
      name,
      values,
      differs,
      best: differs && better !== undefined ? bestOf(numbers, better) : new Set(),
    });
  };

  for (const { key, title } of AXIS_LIST) {
    // Those have a row each.
    if (key === 'hyperparameters') continue;
    text('Configuration', title, (run) =>
      key === 'indicatorTimeframes'
        ? indicatorsText(run.indicatorTimeframes)
        : axisText(key, run[key], modelTitle),
    );
  }
  const hyperparameters = new Map(
    runs.map((run) => [
      run,
      new Map(namedHyperparameters(run.hyperparameters).map(({ name, value }) => [name, value])),
    ]),
  );
  for (const name of union([...hyperparameters.values()].map((of) => [...of.keys()]))) {
    text('Configuration', name, (run) => String(hyperparameters.get(run)!.get(name) ?? DASH));
  }

  text('Training', 'Status', (run) => titleOf(run.status));
  text('Training', 'Kept', (run) => (run.kept ? '✓' : '✗'));
  figure('Training', 'rankIc', (run) => run.rankIc, 'higher');
  figure('Training', 'r2', (run) => run.r2, 'higher');
  figure('Training', 'rmse', (run) => run.rmse);
  figure('Training', 'mae', (run) => run.mae);
  text('Training', 'Training time', (run) => formatDuration(run.seconds));
  text('Training', 'Model file', (run) => formatBytes(run.artifactBytes));
  text('Training', 'Created', (run) => formatTime(run.createdAt));

  const best = runs.map(bestStrategy);
  const of = (run: RunDetailDto) => best[runs.indexOf(run)];
  text('Best strategy', 'Strategy', (run) => {
    const strategy = of(run);
    if (strategy !== undefined) return strategyLabel(strategy);
    return run.missingTable === null ? DASH : 'Table missing';
  });
  sharpe('Best strategy', 'sharpe', (run) => of(run)?.selection);
  sharpe('Best strategy', 'holdoutSharpe', (run) => of(run)?.holdout);
  for (const term of MAIN_METRICS) {
    figure('Best strategy', term, (run) => of(run)?.selection[term], BETTER[term]);
  }

  for (const regime of union(runs.map((run) => run.regimes))) {
    sharpe('Best Sharpe per regime', 'sharpe', (run) => bestIn(run, regime), regimeTitle(regime));
  }
  text('Selection', 'Champion of', (run) => run.bestRegimes.map(regimeTitle).join(', ') || DASH);
  return rows;
}

/** `RSI H1 H4, ATR H1`. */
export function indicatorsText(indicators: RunDetailDto['indicatorTimeframes']): string {
  const parts = Object.entries(indicators).map(
    ([name, timeframes]) => `${INDICATOR_TITLES[name as IndicatorName] ?? name} ${timeframes.join(' ')}`,
  );
  return parts.join(', ') || DASH;
}

/** Of the strategy that is best there; undefined where none traded. */
function bestIn(run: RunDetailDto, regime: string): MetricsDto | undefined {
  const index = run.regimes.indexOf(regime);
  if (index === -1) return undefined;
  return run.strategies
    .map((s) => s.regimes[index]!)
    .filter(({ trades, sharpe }) => trades > 0 && sharpe !== null)
    .reduce<MetricsDto | undefined>(
      (best, one) => (best === undefined || one.sharpe! > best.sharpe! ? one : best),
      undefined,
    );
}

function bestOf(numbers: readonly (number | null | undefined)[], better: Better): Set<number> {
  const known = numbers.filter((n) => n !== null && n !== undefined);
  if (known.length < 2) return new Set();
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known);
  return new Set(numbers.flatMap((n, i) => (n === best ? [i] : [])));
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
