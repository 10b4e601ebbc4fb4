import type { Database } from 'better-sqlite3';
import { canonicalConfiguration, configHash } from '../../cells/config-hash.ts';
import type { Configuration, HyperparameterValue } from '../../contract/configuration.ts';
import { TIMEFRAME_MINUTES, TIMEFRAMES, type Timeframe } from '../../contract/timeframe.ts';
import { defaultIndicatorTimeframes } from '../../features/timeframes.ts';
import { modelType, parseHyperparameters } from '../../models/catalog.ts';

/**
 * Whole configurations, each once under its hash, and the date that a cell is trained as of. Those of older rows are put
 * together again: of runs from their columns, of cells from the grid of their queue. What comes out is stored only if it
 * has the hash that the row was written with; a grid that no longer expands as it did leaves its cells without.
 */
export function configurations(db: Database): void {
  // With row numbers, texts are appended and only hashes are sorted in: a third of the time for thousands of cells.
  db.exec(`
    CREATE TABLE configurations (
      config_hash    TEXT  NOT NULL PRIMARY KEY,
      configuration  TEXT  NOT NULL
    ) STRICT;
    ALTER TABLE cells ADD COLUMN as_of INTEGER;
  `);
  const insert = db.prepare('INSERT INTO configurations VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const { config_hash, ...columns } of runs(db)) {
    const configuration = fromColumns(columns);
    if (configHash(configuration) === config_hash) {
      insert.run(config_hash, canonicalConfiguration(configuration));
    }
  }
  const missing = db
    .prepare<[number], string>(
      'SELECT config_hash FROM cells WHERE queue_id = ? AND config_hash NOT IN (SELECT config_hash FROM configurations)',
    )
    .pluck();
  const queues = db.prepare<[], { id: number; spec: string }>('SELECT id, spec FROM queues').all();
  for (const { id, spec } of queues) {
    const wanted = new Set(missing.all(id));
    if (wanted.size === 0) continue;
    for (const configuration of expanded(spec)) {
      const hash = configHash(configuration);
      if (wanted.has(hash)) insert.run(hash, canonicalConfiguration(configuration));
    }
  }
}

interface OldColumns {
  readonly model_type: string;
  readonly encoder: Configuration['encoder'];
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly days_history: number;
  readonly horizon: number;
  readonly indicator_timeframes: string;
  readonly hyperparameters: string;
}

const PAGE = 1000;

/** One run of each configuration. In pages: nothing can be written while a query is open. */
function* runs(db: Database): Generator<OldColumns & { readonly config_hash: string }> {
  const page = db.prepare<[string], OldColumns & { config_hash: string }>(
    `SELECT config_hash, model_type, encoder, symbol, timeframe, days_history, horizon, indicator_timeframes,
       hyperparameters FROM runs WHERE config_hash > ? GROUP BY config_hash ORDER BY config_hash LIMIT ${PAGE}`,
  );
  for (let last: string | undefined = ''; last !== undefined; ) {
    const rows: (OldColumns & { config_hash: string })[] = page.all(last);
    yield* rows;
    last = rows.at(-1)?.config_hash;
  }
}

function fromColumns(row: OldColumns): Configuration {
  return {
    modelType: row.model_type,
    encoder: row.encoder,
    symbol: row.symbol,
    timeframe: row.timeframe,
    daysHistory: row.days_history,
    horizon: row.horizon,
    target: 'return',
    indicatorTimeframes: JSON.parse(row.indicator_timeframes),
    hyperparameters: JSON.parse(row.hyperparameters),
  };
}

/** A grid as version 4 stored it. */
interface OldSpec {
  readonly model_types: readonly string[];
  readonly symbols: readonly string[];
  readonly timeframes: readonly Timeframe[];
  readonly days_history: readonly number[];
  readonly horizons: readonly number[];
  readonly encoders: readonly Configuration['encoder'][];
  readonly indicator_timeframes?: Readonly<Record<string, readonly Timeframe[]>>;
  readonly hyperparameters?: Readonly<
    Record<string, Readonly<Record<string, HyperparameterValue | readonly HyperparameterValue[]>>>
  >;
}

/** The cells of a grid as version 4 expanded it, in any order; none if today's model types refuse it. */
function expanded(json: string): Configuration[] {
  try {
    const spec = JSON.parse(json) as OldSpec;
    const variants = spec.model_types.flatMap((name) => variantsOf(spec, name));
    return spec.timeframes.flatMap((timeframe) => {
      const indicatorTimeframes = indicatorsOf(spec, timeframe);
      return spec.symbols.flatMap((symbol) =>
        spec.encoders.flatMap((encoder) =>
          spec.days_history.flatMap((daysHistory) =>
            spec.horizons.flatMap((horizon) =>
              variants.map((variant) => ({
                ...variant,
                encoder,
                symbol,
                timeframe,
                daysHistory,
                horizon,
                target: 'return',
                indicatorTimeframes,
              })),
            ),
          ),
        ),
      );
    });
  } catch {
    return [];
  }
}

function variantsOf(spec: OldSpec, name: string): Pick<Configuration, 'modelType' | 'hyperparameters'>[] {
  const type = modelType(name);
  let combinations: Record<string, HyperparameterValue>[] = [{}];
  for (const [key, values] of Object.entries(spec.hyperparameters?.[name] ?? {})) {
    combinations = combinations.flatMap((others) =>
      [values].flat().map((value: HyperparameterValue) => ({ ...others, [key]: value })),
    );
  }
  return combinations.map((raw) => ({
    modelType: name,
    hyperparameters: parseHyperparameters(type, raw) as Configuration['hyperparameters'],
  }));
}

function indicatorsOf(spec: OldSpec, base: Timeframe): Configuration['indicatorTimeframes'] {
  if (spec.indicator_timeframes === undefined) return defaultIndicatorTimeframes(base);
  const usable = Object.entries(spec.indicator_timeframes)
    .map(([name, wanted]): [string, Timeframe[]] => [
      name,
      TIMEFRAMES.filter((t) => wanted.includes(t) && TIMEFRAME_MINUTES[t] >= TIMEFRAME_MINUTES[base]),
    ])
    .filter(([, timeframes]) => timeframes.length > 0);
  return Object.fromEntries(usable);
}
