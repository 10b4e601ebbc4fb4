import type { ForwardDetailDto, ForwardTestDto } from '../../../engine/contract/dto/index.ts';
import { changedText, netText, openTradeText, standingText } from '../../../engine/contract/forward-text.ts';
import { NO_ORDERS } from '../../../engine/contract/live-text.ts';
import { integer, minute, table } from './format.ts';

const NONE =
  'No version trades on paper yet: the forward test begins when one is put in charge (`regimen production promote`).';

export function forwardListText(tests: readonly ForwardTestDto[]): string {
  if (tests.length === 0) return NONE;
  const rows = tests.map((test) => [
    test.name,
    test.version,
    minute(test.begunAt),
    stateOf(test),
    integer(test.bars),
    integer(test.days),
    integer(test.trades),
    netText(test.net),
    test.border === null ? '–' : netText(test.border),
  ]);
  const head = ['Name', 'Version', 'Since (UTC)', 'State', 'Bars', 'Days', 'Trades', 'Net', 'Band'];
  const notes = tests.flatMap((test) => {
    const told = [test.stale?.text, test.problem, changedText(test)].filter((text) => text != null);
    return told.map((text) => (text.startsWith(test.name) ? text : `${test.name} ${test.version}: ${text}`));
  });
  return [table(head, rows, ['Bars', 'Days', 'Trades', 'Net', 'Band']), ...notes, NO_ORDERS].join('\n');
}

function stateOf({ endedAt, stale, problem }: ForwardTestDto): string {
  if (endedAt !== null) return 'ended';
  if (stale !== null) return 'stale';
  return problem === null ? 'goes on' : 'stands still';
}

/** Newest trades that are shown. */
const MOST_TRADES = 20;

export function forwardText(test: ForwardDetailDto): string {
  const { name, version, begunAt, tradeList, open } = test;
  const lines = [`${name}, version ${version}, on paper since ${minute(begunAt)} UTC.`, standingText(test)];
  const changed = changedText(test);
  if (changed !== null) lines.push(changed);
  if (open !== null) lines.push(`It is ${openTradeText(open)}.`);
  const over = tradeList.filter(({ exitTime }) => exitTime !== null);
  if (over.length > 0) {
    const rows = over
      .slice(-MOST_TRADES)
      .map(({ direction, entryTime, entryPrice, exitTime, exitPrice, reason, net }) => [
        direction,
        minute(entryTime),
        String(entryPrice),
        minute(exitTime!),
        String(exitPrice),
        reason!,
        netText(net),
      ]);
    lines.push('', table(['Side', 'In (UTC)', 'Price', 'Out (UTC)', 'Price', 'Why', 'Net'], rows));
    if (over.length > MOST_TRADES)
      lines.push(`${integer(over.length - MOST_TRADES)} earlier trades: --json has all.`);
  }
  return [...lines, NO_ORDERS].join('\n');
}
