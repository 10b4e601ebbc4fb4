import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDto } from '../contract/dto/index.ts';
import { openStore } from '../store/database.ts';
import type { RunRow } from '../store/runs.ts';
import { figuresOfRun, insertTestRuns } from '../store/testing/runs.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing/engines.ts';
import { parseCsv } from '../testing/parse-csv.ts';

const COUNT = 1200;

let workspace: TestWorkspace;
let rows: RunRow[];
beforeAll(() => {
  // A host's: it has its database at once.
  workspace = openTestWorkspace('host');
  const store = openStore(join(workspace.folder, 'regimen.db'));
  rows = insertTestRuns(store, COUNT);
  store.close();
});
afterAll(() => workspace.dispose());

describe('history.search', () => {
  it('gives pages of the newest runs, and how many there are', async () => {
    const { engine } = workspace;
    const first = await engine.call('history.search', {});
    expect(first.total).toBe(COUNT);
    expect(first.runs.map((run) => run.id)).toEqual(Array.from({ length: 50 }, (_, i) => COUNT - i));
    const last = await engine.call('history.search', { limit: 1000, offset: 1000 });
    expect(last.runs.map((run) => run.id)).toEqual(Array.from({ length: 200 }, (_, i) => 200 - i));
    expect((await engine.call('history.search', { offset: 5000 })).runs).toEqual([]);
  });

  it('combines filters, sort and page', async () => {
    const page = await workspace.engine.call('history.search', {
      symbol: 'eurusd',
      status: 'completed',
      kept: true,
      minSharpe: 0,
      from: '2026-01-05',
      to: '2026-02-20',
      text: 'ridge',
      sort: 'sharpe',
      descending: true,
      limit: 3,
    });
    const matching = rows.filter(
      (row) =>
        row.symbol === 'EURUSD' &&
        row.kept === 1 &&
        row.best_sharpe! >= 0 &&
        row.model_type === 'ridge' &&
        row.created_at >= Date.UTC(2026, 0, 5) &&
        row.created_at < Date.UTC(2026, 1, 21),
    );
    expect(matching.length).toBeGreaterThan(3);
    expect(page.total).toBe(matching.length);
    const best = matching.sort((a, b) => b.best_sharpe! - a.best_sharpe! || b.id - a.id).slice(0, 3);
    expect(page.runs.map((run) => run.id)).toEqual(best.map((row) => row.id));
    const hourly = await workspace.engine.call('history.search', { timeframe: '1h' });
    expect(hourly.total).toBe(rows.filter((row) => row.timeframe === 'H1').length);
  });

  it('refuses what it can not look for', async () => {
    const call = (input: object) => workspace.engine.call('history.search', input);
    for (const input of [
      { limit: 0 },
      { limit: 1001 },
      { from: '2026-13-01' },
      { sort: 'results' },
      { offset: -1 },
    ]) {
      await expect(call(input), JSON.stringify(input)).rejects.toMatchObject({ code: 'invalid-input' });
    }
  });
});

describe('history.get', () => {
  it('tells why a run failed', async () => {
    const failed = rows.find((row) => row.status === 'failed')!;
    const detail = await workspace.engine.call('history.get', { run: String(failed.id) });
    expect(detail).toMatchObject({
      status: 'failed',
      strategies: [],
      regimes: [],
      importance: null,
      errorStack: 'at zzz',
      error: (JSON.parse(failed.error!) as { message: string }).message,
    });
  });
});

describe('history.export', () => {
  it('writes the columns that are asked for in their order, and as JSON what it writes as CSV', async () => {
    const { engine, home } = workspace;
    const asked = {
      columns: 'symbol,sharpe,kept,id',
      filter: 'sharpe > 0, kept = yes',
      limit: 5,
      sort: 'sharpe',
    };
    const csv = await engine.call('history.export', {
      ...asked,
      sort: 'sharpe',
      csv: join(home, '..', 'chosen.csv'),
    });
    const [head, ...lines] = parseCsv(readFileSync(csv.file, 'utf8'));
    expect(head).toEqual(['symbol', 'sharpe', 'sharpe_error', 'kept', 'id']);
    const { runs } = await engine.call('history.search', { filter: asked.filter, limit: 5, sort: 'sharpe' });
    expect(lines.map((line) => line[4])).toEqual(runs.map(({ id }) => String(id)));
    const file = join(home, '..', 'chosen.json');
    await engine.call('history.export', { ...asked, sort: 'sharpe', csv: file });
    const rows = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    expect(rows).toEqual(
      runs.map(({ symbol, sharpe, sharpeError, kept, id }) => ({
        symbol,
        sharpe,
        sharpe_error: sharpeError,
        kept,
        id,
      })),
    );
    await expect(engine.call('history.export', { columns: 'symbol,nothing' })).rejects.toThrow(
      /is no column/,
    );
    await expect(engine.call('history.search', { filter: 'nothing > 1' })).rejects.toThrow(
      /no column to filter by/,
    );
  });

  it('finds by days of a zone, and writes times on its clock', async () => {
    const { engine, home } = workspace;
    const [first, last] = ['2026-01-05', '2026-01-06'];
    const asked = { from: first, to: last, zone: 'America/New_York', columns: 'id,createdAt' };
    const csv = await engine.call('history.export', { ...asked, csv: join(home, '..', 'zone.csv') });
    const [, ...lines] = parseCsv(readFileSync(csv.file, 'utf8'));
    // New York is 5 hours behind in winter.
    const from = Date.UTC(2026, 0, 5, 5);
    const own = rows.filter((row) => row.created_at >= from && row.created_at < from + 48 * 3_600_000);
    expect(own.length).toBeGreaterThan(0);
    expect(lines.map(([id]) => Number(id)).sort((a, b) => a - b)).toEqual(own.map(({ id }) => id));
    const other = await engine.call('history.search', { from: first, to: last });
    expect(other.runs.map(({ id }) => id)).not.toEqual(own.map(({ id }) => id).reverse());
    for (const [id, time] of lines) {
      expect(time).toMatch(/-05:00$/);
      expect(Date.parse(time!)).toBe(rows.find((row) => row.id === Number(id))!.created_at);
    }
    await expect(engine.call('history.search', { zone: 'Mars/Base' })).rejects.toThrow(/Mars\/Base/);
  });

  it('writes what matches to the exports folder, all columns of it', async () => {
    const { engine, home } = workspace;
    const written = await engine.call('history.export', {});
    expect(written).toEqual({
      file: join(home, 'exports', 'training_history_20260615_123045.csv'),
      runs: COUNT,
    });
    const [head, ...lines] = parseCsv(readFileSync(written.file, 'utf8'));
    expect(head).toHaveLength(54);
    expect(lines).toHaveLength(COUNT);
    const cell = (line: string[], column: string) => line[head!.indexOf(column)];
    lines.forEach((line, i) => {
      const row = rows[COUNT - 1 - i]!;
      expect(line).toHaveLength(head!.length);
      expect(cell(line, 'id')).toBe(String(row.id));
      expect(cell(line, 'sharpe')).toBe(row.best_sharpe === null ? '' : String(row.best_sharpe));
      const best = row.status === 'failed' ? undefined : figuresOfRun(row.id);
      for (const [column, value] of [
        ['sharpe_error', best?.sharpe_error],
        ['max_drawdown', best?.max_drawdown],
        ['win_rate', best?.win_rate],
        ['trades', best?.trades],
        ['profit_factor', best?.profit_factor],
        ['composite', best?.composite],
        ['roi', best?.roi],
        ['hit_rate', best?.win_rate],
        ['average_win', best?.average_win],
        ['average_loss', best?.average_loss],
        ['kelly', best?.kelly],
        ['kelly_error', best?.kelly_error],
        ['longest_losing_streak', best?.longest_losing_streak],
      ] as const) {
        expect(cell(line, column)).toBe(String(value ?? ''));
      }
      expect(cell(line, 'hyperparameters')).toBe('{"alpha":1}');
      expect(cell(line, 'error')).toBe(row.error === null ? '' : JSON.parse(row.error).message);
      expect(cell(line, 'created_at')).toBe(new Date(row.created_at).toISOString());
    });
    expect(readdirSync(join(home, 'exports'))).toEqual(['training_history_20260615_123045.csv']);
  });

  it('takes the filter of a search, and a place of its own', async () => {
    const { engine, folder } = workspace;
    const csv = join(folder, 'kept.csv');
    const { runs } = await engine.call('history.export', { csv, kept: true, model: 'lasso' });
    const matching = rows.filter((row) => row.kept === 1 && row.model_type === 'lasso');
    expect(runs).toBe(matching.length);
    const ids = parseCsv(readFileSync(csv, 'utf8'))
      .slice(1)
      .map(([id]) => Number(id));
    expect(ids).toEqual(matching.map((row) => row.id).reverse());
  });

  it('has the order and the limit that are asked for', async () => {
    const { engine, folder } = workspace;
    const csv = join(folder, 'best.csv');
    const order = { sort: 'sharpe', descending: true, limit: 25 } as const;
    const { runs } = await engine.call('history.export', { csv, status: 'completed', ...order });
    expect(runs).toBe(25);
    const ids = parseCsv(readFileSync(csv, 'utf8'))
      .slice(1)
      .map(([id]) => Number(id));
    const page = await engine.call('history.search', { status: 'completed', ...order });
    expect(ids).toEqual(page.runs.map((run) => run.id));
  });

  it('says where it could not write, and leaves nothing there', async () => {
    const { engine, folder } = workspace;
    mkdirSync(join(folder, 'taken.csv'));
    writeFileSync(join(folder, 'taken.csv', 'x'), '');
    for (const csv of [join(folder, 'taken.csv'), join(folder, 'no', 'such', 'folder.csv')]) {
      await expect(engine.call('history.export', { csv })).rejects.toMatchObject({
        code: 'file-unreadable',
        message: expect.stringContaining(csv),
      });
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('queue.results', () => {
  it('knows only queues that there are', async () => {
    await expect(workspace.engine.call('queue.results', { queueId: 9 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

it('is the same run wherever it is shown', async () => {
  const { engine } = workspace;
  const [listed]: readonly RunDto[] = (await engine.call('history.search', { limit: 1 })).runs;
  expect(await engine.call('history.get', { run: listed!.uuid })).toMatchObject(listed!);
});
