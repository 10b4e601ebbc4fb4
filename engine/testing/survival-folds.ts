import { join } from 'node:path';
import { METRICS } from '../backtest/metrics.ts';
import type { Configuration } from '../contract/configuration.ts';
import { openStore } from '../store/database.ts';
import { insertFold, insertValidation } from '../store/validations.ts';
import { madeUpRows, type RowsOptions } from '../survival/testing/rows.ts';
import type { StoredFold } from '../validation/fold-blob.ts';
import { forecastFigures } from '../validation/fold-figures.ts';
import { encodeProcedure } from '../validation/procedure-blob.ts';
import { type ProcedureSpec, subjectHash } from '../validation/spec.ts';

const DAY = 86_400_000;
const CONFIGURATION: Configuration = {
  modelType: 'ridge',
  symbol: 'DEMO_EURUSD',
  timeframe: 'H4',
  daysHistory: 60,
  horizon: 3,
  target: 'return',
  encoder: 'normalized',
  indicatorTimeframes: {} as Configuration['indicatorTimeframes'],
  hyperparameters: {},
};

/** A validated grid whose folds hold made-up contenders: what a model of what survives learns from, without hours of training. */
export function fillSurvivalFolds(
  workspace: string,
  options: RowsOptions & { readonly name?: string },
): void {
  const { name = 'made up' } = options;
  const rows = [...Map.groupBy(madeUpRows(options), ({ decidedAt }) => decidedAt).entries()];
  const spec: ProcedureSpec = {
    procedure: {
      grid: {
        name,
        model_types: ['ridge'],
        symbols: ['DEMO_EURUSD'],
        timeframes: ['H4'],
        days_history: [60],
        horizons: [3],
      } as ProcedureSpec['procedure']['grid'],
      size: 1,
    },
    configuration: CONFIGURATION,
    strategy: null,
    regime: null,
    runId: null,
    champion: null,
    rules: {
      scheme: 'own',
      testPeriodDays: 60,
      trainDays: 60,
      expandingWindow: false,
      selectionDays: 90,
      folds: null,
    },
    folds: rows.map(([from], index) => ({
      index,
      kind: 'rolling',
      model: index,
      training: { from: from - 150 * DAY, to: from - 90 * DAY },
      test: { from, to: from + 60 * DAY },
      trainBars: 200,
      testBars: 200,
      settledAt: from + 61 * DAY,
    })),
    missing: 0,
    movedDays: 0,
    leadInBars: 0,
  };
  const store = openStore(join(workspace, 'regimen.db'));
  try {
    store.transaction(() => {
      const keyOf = (index: number) => `${name} ${index}`;
      insertValidation(
        store,
        {
          queue_id: name === 'made up' ? 1_000_000 : 1_000_001,
          position: 0,
          scheme: 'own',
          symbol: 'DEMO_EURUSD',
          timeframe: 'H4',
          config_hash: subjectHash(spec),
          regime: null,
          spec: JSON.stringify(spec),
          created_at: 1,
        },
        spec.folds.map(({ index }) => ({ index, cell: index, key: keyOf(index) })),
      );
      rows.forEach(([, of], index) => {
        const result = encodeProcedure({
          failed: 0,
          together: NOTHING,
          champions: [],
          contenders: of.map(({ symbol: _s, timeframe: _t, decidedAt: _d, closedAt: _c, ...row }) => ({
            ...row,
            cell: 0,
          })),
        });
        insertFold(store, {
          key: keyOf(index),
          symbol: 'DEMO_EURUSD',
          timeframe: 'H4',
          model_type: 'procedure made-up',
          result,
          seconds: 1,
          computed_at: 1,
        });
      });
    });
  } finally {
    store.close();
  }
}

const NOTHING: StoredFold = {
  netReturn: new Float64Array(2),
  trades: [],
  marketDay: new Int32Array(2),
  forecasts: forecastFigures(
    { forecast: new Float64Array(0), firstRow: 0 },
    { labels: new Float64Array(0), horizon: 1 },
  ),
  metrics: Float64Array.from(METRICS, () => Number.NaN),
  barsPerYear: 1560,
  costs: 0,
};
