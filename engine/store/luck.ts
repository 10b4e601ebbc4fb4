import { storedJson } from '../contract/stored-json.ts';
import { ALL, BY_SURVIVAL, regimeKey } from '../contract/words.ts';
import { sha256 } from '../identity/digest.ts';
import type { CellLuck, ScopeLuck } from '../pipeline/luck.ts';
import type { TimeRange } from '../pipeline/windows.ts';
import { mergeCoinMaxima } from '../statistics/coin-maxima.ts';
import type { Store } from './database.ts';
import { boundOf, encodeSample, RESERVOIR, sampledIn, withinBound } from './luck-sample.ts';
import type {
  LuckCellsTable,
  LuckMaximaTable,
  LuckScopeColumns,
  LuckWindowsTable,
  RunsTable,
} from './schema.ts';

/** A cell whose strategies were tried, and what they came to. */
export interface TriedCell {
  readonly symbol: string;
  readonly timeframe: string;
  /** Keys of its figures, by regime that labels a bar and of all bars; see `evaluationKeys`. */
  readonly evaluationKeys: Readonly<Record<string, string>>;
  /** The window that selects. */
  readonly selection: TimeRange;
  /** Tested regimes, as the scopes of `luck` after the first. */
  readonly regimeNames: readonly string[];
  readonly luck: CellLuck;
}

/** What a cell adds in one scope, as it is kept. */
export type CountedCell = LuckCellsTable & { readonly window: string };

/** Names a selection window: its times (ISO 8601), and its market days, which other candles may have others of. */
export function windowName({ from, to }: TimeRange, days: Float64Array): string {
  // Results of a market come one after the other, and most have the window of the one before.
  if (last?.from === from && last.to === to && isSame(last.days, days)) return last.name;
  const name = `${windowTimes(new Date(from).toISOString(), new Date(to).toISOString())}${days.length}/${sha256(days.join()).slice(0, 8)}`;
  last = { from, to, days: days.slice(), name };
  return name;
}

let last: (TimeRange & { readonly days: Float64Array; readonly name: string }) | undefined;

const isSame = (a: Float64Array, b: Float64Array) =>
  a.length === b.length && a.every((day, d) => day === b[d]);

/** What the name of a window begins with. */
export const windowTimes = (from: string, to: string) => `${from}/${to}/`;

/** The bytes that a cell's figures are known by here: the first 16 of their key. */
export const shortKey = (key: string) => Buffer.from(key.slice(0, 32), 'hex');

/**
 * Counts what a cell tried, in each of its scopes; in the transaction that records it. Maxima of the same cell change nothing, and
 * what is summed up counts once by the key of its figures: whatever is trained, evaluated or restored again, in whatever order,
 * comes to the same.
 */
export function countLuck(store: Store, cell: TriedCell): void {
  const { symbol, timeframe, luck } = cell;
  const window = windowName(cell.selection, luck.days);
  const names = [ALL, ...cell.regimeNames.map(regimeKey)];
  names.forEach((regime, scope) => {
    const key = cell.evaluationKeys[regime];
    // A regime that labels no bar: nothing was tried in it.
    if (key === undefined) return;
    const found = luck.scopes[scope]!;
    const at = { symbol, timeframe, regime };
    if (found.count > 0) raiseMaxima(store, { ...at, maxima: bytesOf(found.maxima) });
    addCell(store, countedCell(at, shortKey(key), window, found), luck, found.sample);
  });
}

function countedCell(
  at: Pick<LuckCellsTable, 'symbol' | 'timeframe' | 'regime'>,
  key: Buffer,
  window: string,
  { count, sharpeSum, sharpeSquares, standardized }: ScopeLuck,
): CountedCell {
  return {
    ...at,
    key,
    counted: 1,
    window,
    count,
    sharpe_sum: sharpeSum,
    sharpe_squares: sharpeSquares,
    varying: standardized.count,
    sums: count === 0 ? null : bytesOf(standardized.sum),
    sample: null,
  };
}

/** Whether what a cell tried is counted. */
export function isCountedIn(
  store: Store,
  {
    configuration: { symbol, timeframe },
    evaluationKeys,
  }: {
    readonly configuration: Pick<TriedCell, 'symbol' | 'timeframe'>;
    readonly evaluationKeys: TriedCell['evaluationKeys'];
  },
): boolean {
  const key = evaluationKeys[ALL];
  if (key === undefined) return false;
  const counted = store
    .prepare('SELECT counted FROM luck_cells WHERE symbol = ? AND timeframe = ? AND regime = ? AND key = ?')
    .pluck()
    .get(symbol, timeframe, ALL, shortKey(key));
  return counted === 1;
}

/**
 * A completed run comes without what its strategies came to: its cells are known as not counted, where they are not counted
 * already. Where it does not name its figures, it stands for what was tried in any regime.
 */
export function noteUncounted(
  store: Store,
  run: Pick<RunsTable, 'uuid' | 'status' | 'evaluation_keys'> & Pick<LuckCellsTable, 'symbol' | 'timeframe'>,
): void {
  if (run.status !== 'completed') return;
  const keys =
    run.evaluation_keys === null
      ? [ALL, ...regimeNames(store).map(regimeKey)].map((regime) => [regime, run.uuid.replaceAll('-', '')])
      : Object.entries(
          storedJson<Record<string, string>>(run.evaluation_keys, 'the evaluation keys of a run'),
        );
  const insert = store.prepare(
    'INSERT OR IGNORE INTO luck_cells VALUES (?, ?, ?, ?, 0, NULL, 0, 0, 0, 0, NULL, NULL)',
  );
  for (const [regime, key] of keys) {
    if (regime !== BY_SURVIVAL) insert.run(run.symbol, run.timeframe, regime, shortKey(key!));
  }
}

const regimeNames = (store: Store) => store.prepare('SELECT name FROM regimes').pluck().all() as string[];

/** What the cells of one transaction came to, by the key of its row. */
interface Together {
  readonly windows: Map<string, OpenWindow>;
  readonly maxima: Map<string, { readonly highest: Float64Array; readonly put: () => void }>;
}

/** A row whose sums are added to. */
type OpenWindow = Omit<LuckWindowsTable, 'sums'> & { readonly sums: Float64Array };

const together = new WeakMap<Store, Together>();

/**
 * Counts cells of one transaction together: rows that several of them change are read and written once. Nothing of it is to be read
 * from the database before `work` has returned.
 */
export function countTogether<T>(store: Store, work: () => T): T {
  const rows: Together = { windows: new Map(), maxima: new Map() };
  together.set(store, rows);
  try {
    const result = work();
    for (const row of rows.windows.values()) putWindow(store, row);
    for (const { put } of rows.maxima.values()) put();
    return result;
  } finally {
    together.delete(store);
  }
}

/** Raises the maxima of a scope to the larger of both. */
export function raiseMaxima(store: Store, { symbol, timeframe, regime, maxima }: LuckMaximaTable): void {
  const name = `${symbol} ${timeframe} ${regime}`;
  const rows = together.get(store);
  const before = rows?.maxima.get(name);
  if (before !== undefined) {
    mergeCoinMaxima(before.highest, readFloats(maxima));
    return;
  }
  const stored = storedMaxima(store, { symbol, timeframe, regime });
  const highest = stored?.slice() ?? floatsOf(maxima);
  if (stored !== undefined) mergeCoinMaxima(highest, readFloats(maxima));
  function put(): void {
    if (stored === undefined) {
      store
        .prepare('INSERT INTO luck_maxima VALUES (?, ?, ?, ?)')
        .run(symbol, timeframe, regime, bytesOf(highest));
    } else if (highest.some((value, coin) => value !== stored[coin])) {
      store
        .prepare('UPDATE luck_maxima SET maxima = ? WHERE symbol = ? AND timeframe = ? AND regime = ?')
        .run(bytesOf(highest), symbol, timeframe, regime);
    }
  }
  if (rows === undefined) put();
  else rows.maxima.set(name, { highest, put });
}

/**
 * M_b of a scope by now, what this transaction counts together included; undefined where nothing was tried. To be read only.
 */
export function maximaNow(
  store: Store,
  { symbol, timeframe, regime }: LuckScopeColumns,
): Float64Array | undefined {
  const raised = together.get(store)?.maxima.get(`${symbol} ${timeframe} ${regime}`);
  return raised?.highest ?? storedMaxima(store, { symbol, timeframe, regime });
}

/** To be read only. */
function storedMaxima(
  store: Store,
  { symbol, timeframe, regime }: LuckScopeColumns,
): Float64Array | undefined {
  const row = store
    .prepare('SELECT maxima FROM luck_maxima WHERE symbol = ? AND timeframe = ? AND regime = ?')
    .get(symbol, timeframe, regime) as Pick<LuckMaximaTable, 'maxima'> | undefined;
  return row && readFloats(row.maxima);
}

/** Whether something was tried in a scope that its maxima do not know of. */
export function hasUncounted(store: Store, { symbol, timeframe, regime }: LuckScopeColumns): boolean {
  return (
    store
      .prepare('SELECT 1 FROM luck_cells WHERE symbol = ? AND timeframe = ? AND regime = ? AND counted = 0')
      .get(symbol, timeframe, regime) !== undefined
  );
}

const INSERT_CELL = `
  INSERT INTO luck_cells VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET counted = 1, window = excluded.window, count = excluded.count, sharpe_sum = excluded.sharpe_sum,
    sharpe_squares = excluded.sharpe_squares, varying = excluded.varying, sums = excluded.sums, sample = excluded.sample WHERE counted = 0`;

const FIND_WINDOW =
  'SELECT * FROM luck_windows WHERE symbol = ? AND timeframe = ? AND regime = ? AND window = ?';

const PUT_WINDOW = `
  INSERT INTO luck_windows VALUES (@symbol, @timeframe, @regime, @window, @bars, @bars_per_year, @count, @sharpe_sum, @sharpe_squares,
    @varying, @sums, @sampled, @below)
  ON CONFLICT DO UPDATE SET count = @count, sharpe_sum = @sharpe_sum, sharpe_squares = @sharpe_squares, varying = @varying,
    sums = @sums, sampled = @sampled, below = @below`;

/**
 * Counts a cell in a scope if it was not. `sample`: of its strategies, as `ScopeLuck` has it; or the row's own `sample` is what
 * was kept of it elsewhere.
 */
export function addCell(
  store: Store,
  cell: CountedCell,
  { bars, barsPerYear }: Pick<CellLuck, 'bars' | 'barsPerYear'>,
  sample?: Float32Array,
): void {
  const { symbol, timeframe, regime, window } = cell;
  const name = `${symbol} ${timeframe} ${regime} ${window}`;
  const rows = together.get(store);
  const found = rows?.windows.get(name) ?? findWindow(store, cell);
  const below = found?.below ?? null;
  const kept =
    sample === undefined
      ? cell.sample && (below === null ? cell.sample : withinBound(cell.sample, below))
      : encodeSample(cell.key, sample, below ?? Number.POSITIVE_INFINITY);
  const { key, count, sharpe_sum, sharpe_squares, varying } = cell;
  const { changes } = store
    .prepare(INSERT_CELL)
    .run(symbol, timeframe, regime, key, window, count, sharpe_sum, sharpe_squares, varying, cell.sums, kept);
  if (changes === 0 || cell.count === 0) return;
  const added = readFloats(cell.sums!);
  const sums = found?.sums ?? new Float64Array(added.length);
  for (let day = 0; day < added.length; day++) sums[day]! += added[day]!;
  const row: OpenWindow = {
    symbol,
    timeframe,
    regime,
    window,
    bars,
    bars_per_year: barsPerYear,
    count: (found?.count ?? 0) + cell.count,
    sharpe_sum: (found?.sharpe_sum ?? 0) + cell.sharpe_sum,
    sharpe_squares: (found?.sharpe_squares ?? 0) + cell.sharpe_squares,
    varying: (found?.varying ?? 0) + cell.varying,
    sums,
    sampled: (found?.sampled ?? 0) + sampledIn(kept),
    below,
  };
  const whole = row.sampled > 2 * RESERVOIR ? trimmed(store, row) : row;
  if (rows === undefined) putWindow(store, whole);
  else rows.windows.set(name, whole);
}

function findWindow(
  store: Store,
  { symbol, timeframe, regime, window }: Pick<CountedCell, 'symbol' | 'timeframe' | 'regime' | 'window'>,
): OpenWindow | undefined {
  const row = store.prepare(FIND_WINDOW).get(symbol, timeframe, regime, window) as
    | LuckWindowsTable
    | undefined;
  return row && { ...row, sums: floatsOf(row.sums) };
}

function putWindow(store: Store, row: OpenWindow): void {
  store.prepare(PUT_WINDOW).run({ ...row, sums: bytesOf(row.sums) });
}

/** Leaves in the samples of a window's cells only what is among the RESERVOIR smallest by now. */
function trimmed(store: Store, row: OpenWindow): OpenWindow {
  const { symbol, timeframe, regime, window } = row;
  const cells = sampledCells(store, { symbol, timeframe, regime, window });
  const bound = boundOf(
    cells.map(({ sample }) => sample),
    RESERVOIR,
  );
  if (bound === undefined) return row;
  const update = store.prepare(
    'UPDATE luck_cells SET sample = ? WHERE symbol = ? AND timeframe = ? AND regime = ? AND key = ?',
  );
  for (const { key, sample } of cells) {
    const left = withinBound(sample, bound);
    if (left !== sample) update.run(left, symbol, timeframe, regime, key);
  }
  return { ...row, sampled: RESERVOIR, below: bound };
}

/** In the order of their keys. By the index of those with samples: left to itself SQLite, to have them so, goes through all cells of the scope. */
export function sampledCells(
  store: Store,
  { symbol, timeframe, regime, window }: Pick<LuckWindowsTable, 'symbol' | 'timeframe' | 'regime' | 'window'>,
): { readonly key: Uint8Array; readonly sample: Uint8Array }[] {
  return store
    .prepare(
      `SELECT key, sample FROM luck_cells INDEXED BY luck_cells_sampled
       WHERE symbol = ? AND timeframe = ? AND regime = ? AND window = ? AND sample IS NOT NULL ORDER BY key`,
    )
    .all(symbol, timeframe, regime, window) as { key: Uint8Array; sample: Uint8Array }[];
}

export function bytesOf(floats: Float64Array): Buffer {
  return Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);
}

/** To be read only: the same memory where it is aligned, else a copy. */
function readFloats(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = bytes;
  return byteOffset % 8 === 0 ? new Float64Array(buffer, byteOffset, byteLength / 8) : floatsOf(bytes);
}

/** A copy. Little endian, as all machines are that this runs on. */
export function floatsOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}
