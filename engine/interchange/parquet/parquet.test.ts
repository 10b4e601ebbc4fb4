import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import type { SearchDto, TradeDto } from '../../contract/dto/index.ts';
import { hasPeers, python } from '../../testing/peers.ts';
import { HORIZON, trained, trainedWindows } from '../testing/trained.ts';
import { tradesFile } from '../trades.ts';
import { trialsFile } from '../trials.ts';
import { writeFeatures } from '../write-features.ts';

const folder = mkdtempSync(join(tmpdir(), 'regimen-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

const trade: TradeDto = {
  number: 1,
  opened: '2025-03-03T10:00:00.000Z',
  closed: '2025-03-03T12:00:00.000Z',
  side: 'long',
  entryPrice: 1.1,
  exitPrice: 1.1 + 1e-15,
  bars: 2,
  costs: { spread: 0.1, slippage: 0, commission: 1 / 3, swap: 0 },
  netPips: -0.5,
  netPercent: 1e-7,
  mfe: 3,
  mae: -2,
  reason: 'horizon',
  regime: 'bull_trending',
  holdout: false,
} as unknown as TradeDto;

const rowsOf = async (content: string | Uint8Array) =>
  parquetReadObjects({ file: new Uint8Array(content as Uint8Array).buffer });

test('trades are rows of their kinds, to the last bit', async () => {
  const content = tradesFile([trade, { ...trade, number: 2, holdout: true }], 'parquet');
  writeFileSync(file('trades.parquet'), content);
  const [first, second] = await rowsOf(content);
  expect(first).toMatchObject({
    number: 1,
    opened: new Date(trade.opened),
    side: 'long',
    exit_price: 1.1 + 1e-15,
    commission_pips: 1 / 3,
    holdout: false,
  });
  expect(second).toMatchObject({ number: 2, holdout: true });
  expect(Object.keys(first!)).toEqual(String(tradesFile([], 'csv')).trim().split(','));
  // The types of columns are there without a row, too.
  expect(await rowsOf(tradesFile([], 'parquet'))).toEqual([]);
});

test('trials have a column for each parameter, whatever a trial has of them', async () => {
  const trial = { study: 0, trial: 1, model: 'xgboost', side: null, state: 'completed', value: 0.1 };
  const rest = { standardError: null, auc: null, seconds: 1, intermediate: [0.2, 0.1], sameAs: null };
  const trials = [
    {
      ...trial,
      ...rest,
      params: { max_depth: 3, objective: 'logistic' },
      error: null,
      endedAt: trade.opened,
    },
    {
      ...trial,
      ...rest,
      trial: 2,
      value: null,
      params: { max_depth: 5 },
      error: 'no',
      endedAt: trade.closed,
    },
  ];
  const search = { trials, studies: [{ parameters: [] }] } as unknown as SearchDto;
  const rows = await rowsOf(trialsFile(search, 'parquet'));
  expect(rows.map((row) => [row.param_max_depth, row.param_objective, row.folds, row.error])).toEqual([
    [3, 'logistic', 2, null],
    [5, null, 2, 'no'],
  ]);
  expect(trialsFile(search, 'csv')).toContain(',param_max_depth,param_objective\r\n0,1,xgboost,');
});

test('features are the numbers of the CSV file', async () => {
  const { loaded } = trained('ridge');
  const job = {
    context: loaded,
    training: trainedWindows(30).training,
    horizon: HORIZON,
    target: 'return',
    holdout: false,
  };
  const csv = writeFeatures({ ...job, file: file('features.csv'), format: 'csv' });
  const parquet = writeFeatures({ ...job, file: file('features.parquet'), format: 'parquet' });
  const bytes = readFileSync(file('features.parquet'));
  expect(parquet).toEqual({ ...csv, bytes: bytes.length });
  const rows = await rowsOf(bytes);
  const [head, ...lines] = readFileSync(file('features.csv'), 'utf8').trim().split('\r\n');
  const text = (value: unknown) =>
    value instanceof Date ? value.toISOString() : value === null ? '' : String(value);
  expect(Object.keys(rows[0]!).join(',')).toBe(head);
  expect(rows.map((row) => Object.values(row).map(text).join(','))).toEqual(lines);
});

test.skipIf(!hasPeers())('pyarrow reads the same (a test peer)', () => {
  const answer: {
    trades: Record<string, unknown>[];
    types: Record<string, string>;
    rows: number;
    sum: number;
  } = JSON.parse(
    python(`
import json
import pyarrow.parquet as pq
trades = pq.read_table(${JSON.stringify(file('trades.parquet'))})
features = pq.read_table(${JSON.stringify(file('features.parquet'))})
print(json.dumps({
    "trades": [{**row, "opened": row["opened"].isoformat(), "closed": row["closed"].isoformat()} for row in trades.to_pylist()],
    "types": {field.name: str(field.type) for field in trades.schema},
    "rows": features.num_rows,
    "sum": sum(value for value in features.column("label").to_pylist() if value is not None),
}))
`),
  );
  expect(answer.trades[0]).toMatchObject({ exit_price: 1.1 + 1e-15, commission_pips: 1 / 3, holdout: false });
  expect(answer.trades[0]!.opened).toMatch(/^2025-03-03T10:00:00/);
  expect(answer.types).toMatchObject({
    number: 'int32',
    opened: expect.stringMatching(/^timestamp\[ms/),
    side: 'string',
    holdout: 'bool',
    net_pips: 'double',
  });
  const lines = readFileSync(file('features.csv'), 'utf8').trim().split('\r\n').slice(1);
  expect(answer.rows).toBe(lines.length);
  const labels = lines.map((line) => line.split(',')[2]!).filter((label) => label !== '');
  expect(answer.sum).toBe(labels.reduce((sum, label) => sum + Number(label), 0));
});
