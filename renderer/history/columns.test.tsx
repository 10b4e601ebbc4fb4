// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { HISTORY_SORTS } from '../../engine/contract/api/results.ts';
import { HISTORY_COLUMNS } from '../../engine/contract/history-columns.ts';
import { ColumnMenu } from '../table/index.ts';
import { champion, outOfSample } from '../testing/champion.ts';
import { show } from '../testing/render.tsx';
import { type RowContext, RUN_COLUMN_CHOICE, RUN_COLUMNS } from './columns.tsx';
import { championsByRun } from './places.ts';
import { run } from './testing/run.ts';

const { useChoice, shown: shownColumns, choose: chooseColumns } = RUN_COLUMN_CHOICE;

const CONTEXT: RowContext = {
  modelTitle: (name) => name,
  regimeTitle: (name) => name,
  champions: new Map(),
  minTrades: 10,
};
const column = (key: string) => RUN_COLUMNS.find((one) => one.key === key)!;
const text = (key: string, of = run()) => column(key).cell(of, CONTEXT);
const shown = () => shownColumns(useChoice.getState().chosen).map(({ key }) => key);

/** As the history has it. */
function Menu() {
  const chosen = useChoice((choice) => choice.chosen);
  return (
    <ColumnMenu
      of="history"
      all={RUN_COLUMNS}
      columns={shownColumns(chosen)}
      chosen={chosen}
      onChoose={chooseColumns}
    />
  );
}

beforeEach(() => chooseColumns(undefined));

describe('columns of the history', () => {
  it('has one for everything that it can be sorted by', () => {
    expect(new Set(RUN_COLUMNS.flatMap(({ sort }) => sort ?? []))).toEqual(new Set(HISTORY_SORTS));
    // What is shown can be written to a file.
    for (const { key } of RUN_COLUMNS) expect(HISTORY_COLUMNS).toContain(key);
    expect(new Set(RUN_COLUMNS.map(({ key }) => key)).size).toBe(RUN_COLUMNS.length);
  });

  it('shows a Sharpe with its error, and stake figures', () => {
    expect(text('sharpe')).toBe('1.2 ± 2.0');
    expect(text('roi')).toBe('4.0 %');
    expect(text('hitRate')).toBe('50.0 %');
    expect(text('kelly')).toBe('6.0 %');
    expect(text('averageWin')).toBe('0.200 %');
    expect(text('trades')).toBe('30');
  });

  it('is a dash where no trade was made, or the run failed', () => {
    const failed = run({ status: 'failed', sharpe: null, sharpeError: null, trades: null, stake: null });
    expect(text('sharpe', failed)).toBe('–');
    expect(text('trades', failed)).toBe('–');
    expect(text('roi', failed)).toBe('–');
    expect(text('sharpe', run({ trades: 0 }))).toBe('–');
  });

  it('grays what too few trades stand behind, reddens losses, and is never green', () => {
    const tone = (key: string, of = run()) => column(key).tone?.(of, CONTEXT);
    for (const key of ['sharpe', 'maxDrawdown', 'roi', 'winRate', 'composite']) {
      expect(tone(key, run({ trades: 9 })), key).toBe('few');
      expect(tone(key, run({ trades: 10 })), key).toBeUndefined();
    }
    expect(tone('sharpe', run({ sharpe: -1 }))).toBeUndefined();
    expect(tone('roi', run({ stake: { ...run().stake!, roi: -0.1 } }))).toBeUndefined();
    expect(tone('maxDrawdown', run({ sharpe: -1 }))).toBeUndefined();
    expect(tone('rankIc', run({ trades: 1 }))).toBeUndefined();
  });
});

describe('the verdict of a run', () => {
  const champions = championsByRun([
    champion({ runId: run().uuid, regime: 'bear', verdict: 'contradicted', verdictReason: 'Lost.' }),
    champion({
      runId: run().uuid,
      regime: 'bull',
      verdict: 'suggestive',
      verdictReason: 'Won.',
      outOfSample: outOfSample({ sharpe: 1.1, sharpeError: 0.4 }),
    }),
  ]);
  const context = { ...CONTEXT, champions };

  it('is that of its place with the best evidence, with what it did out of sample', () => {
    show(column('verdict').cell(run(), context) as React.ReactElement);
    expect(screen.getByText('Suggestive')).toBeTruthy();
    expect(column('verdict').title?.(run(), context)).toBe('bull: Won.\nbear: Lost.');
    expect(column('outOfSample').cell(run(), context)).toBe('1.1 ± 0.4');
  });

  it('is empty of a run that is no champion', () => {
    const other = run({ uuid: 'other' });
    expect(column('verdict').cell(other, context)).toBeNull();
    expect(column('verdict').title?.(other, context)).toBe('');
    expect(column('outOfSample').cell(other, context)).toBeNull();
  });
});

describe('the choice of columns', () => {
  const tick = (name: string) => userEvent.click(screen.getByRole('checkbox', { name, hidden: true }));

  it('begins with the usual ones, keeps the table’s order, and goes back to them', async () => {
    const usual = shown();
    expect(usual).not.toContain('roi');
    expect(usual).not.toContain('encoder');
    show(<Menu />);
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await tick('ROI');
    await tick('Encoder');
    await tick('Status');
    expect(shown()).toEqual([...usual.filter((key) => key !== 'status'), 'roi', 'encoder']);
    await userEvent.click(screen.getByRole('button', { name: 'Move Encoder to the front', hidden: true }));
    expect(shown().slice(-2)).toEqual(['encoder', 'roi']);
    expect(shownColumns(useChoice.getState().chosen).some(({ isWideOnly }) => isWideOnly)).toBe(false);
    expect(JSON.parse(localStorage.getItem('regimen.history.columns')!)).toEqual(shown());
    await userEvent.click(screen.getByRole('button', { name: 'Usual columns', hidden: true }));
    expect(shown()).toEqual(usual);
    expect(localStorage.getItem('regimen.history.columns')).toBeNull();
  });

  it('never takes the last column away', async () => {
    chooseColumns(['id']);
    show(<Menu />);
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await tick('ID');
    expect(shown()).toEqual(['id']);
  });
});
