import { expect, test } from 'vitest';
import { readStatement } from './read-statement.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const utf8 = (text: string) => new TextEncoder().encode(text);
/** As MetaTrader 5 saves it: UTF-16 with a byte order mark. */
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

const MT4 = `<html><head><title>Statement: 4711 - Jos\u00e9 M\u00fcller</title></head><body><table>
<tr align=left><td colspan=2><b>Account: 4711</b></td><td><b>Currency: USD</b></td></tr>
<tr align=left><td colspan=13><b>Closed Transactions:</b></td></tr>
<tr align=center bgcolor="#C0C0C0"><td>Ticket</td><td nowrap>Open Time</td><td>Type</td><td>Size</td><td>Item</td>
<td>Price</td><td>S / L</td><td>T / P</td><td nowrap>Close Time</td><td>Price</td><td>Commission</td><td>Taxes</td><td>Swap</td><td>Profit</td></tr>
<tr align=right><td title="x">100</td><td class=msdate nowrap>2026.01.02 10:00:03</td><td>buy</td><td class=mspt>1.00</td><td>eurusd.m</td>
<td>1.10000</td><td>0.00000</td><td>0.00000</td><td class=msdate nowrap>2026.01.02 13:00:00</td><td>1.10200</td><td class=mspt>-7.00</td><td class=mspt>0.00</td><td class=mspt>-1.25</td><td class=mspt>1 200.00</td></tr>
<tr align=right><td>101</td><td nowrap>2026.01.02 09:00:00</td><td>balance</td><td colspan=10 align=left>Deposit</td><td>5 000.00</td></tr>
<tr align=left><td colspan=13><b>Open Trades:</b></td></tr>
<tr align=right><td>102</td><td nowrap>2026.01.05 10:00:00</td><td>sell</td><td>0.50</td><td>eurusd.m</td><td>1.10500</td><td>0</td><td>0</td><td>&nbsp;</td><td>1.10400</td><td>-3.50</td><td>0.00</td><td>0.00</td><td>50.00</td></tr>
<tr align=right><td>103</td><td nowrap>2026.01.05 11:00:00</td><td>buy limit</td><td>0.50</td><td>eurusd.m</td><td>1.09</td><td>0</td><td>0</td><td>&nbsp;</td><td>1.104</td><td></td><td></td><td></td><td></td></tr>
</table></body></html>`;

test('a statement of MetaTrader 4 is read: closed and open trades, no deposits and no orders', () => {
  const read = readStatement('Statement.htm', utf8(MT4));
  expect(read).toMatchObject({ format: 'MetaTrader 4', account: '4711', badRows: 0 });
  expect(read.trades).toEqual([
    {
      ticket: '100',
      symbol: 'EURUSD.M',
      direction: 1,
      volume: 1,
      openTime: at('2026-01-02T10:00:03'),
      openPrice: 1.1,
      closeTime: at('2026-01-02T13:00:00'),
      closePrice: 1.102,
      commission: -7,
      swap: -1.25,
      profit: 1200,
    },
    expect.objectContaining({
      ticket: '102',
      direction: -1,
      closeTime: null,
      closePrice: null,
      commission: -3.5,
    }),
  ]);
  // An older terminal writes Windows-1252.
  const latin = new Uint8Array(Buffer.from(MT4, 'latin1'));
  expect(readStatement('Statement.htm', latin)).toEqual(read);
});

const row5 = (cells: readonly string[], tag = 'td') =>
  `<tr bgcolor="#FFFFFF" align="right">${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
const MT5 = `<html><body><table cellspacing="1">
<tr align="left"><th colspan="4"><div>Konto:</div></th><th colspan="10"><b>815 (EUR, Broker-Live, real, Hedge)</b></th></tr>
<tr><th colspan="14"><div><b>Positionen</b></div></th></tr>
${row5(['Zeit', 'Position', 'Symbol', 'Typ', 'Volumen', 'Preis', 'S / L', 'T / P', 'Zeit', 'Preis', 'Kommission', 'Swap', 'Gewinn'])}
<tr align="right"><td>2026.01.02 10:00:01</td><td>9001</td><td>EURUSD</td><td>sell</td><td class="hidden" colspan="8">a comment</td><td>0.10</td>
<td>1.10010</td><td></td><td></td><td>2026.01.02 12:00:00</td><td>1.09900</td><td>-0.35</td><td>0.00</td><td colspan="2">11.00</td></tr>
<tr><th colspan="14"><div><b>Orders</b></div></th></tr>
${row5(['2026.01.02 10:00:01', '9001', 'EURUSD', 'sell', '0.10 / 0.10', 'market', '', '', '2026.01.02 10:00:01', 'filled', ''])}
</table></body></html>`;

test('a report of MetaTrader 5 is read in whatever language, as UTF-16, too', () => {
  const read = readStatement('ReportHistory.html', utf16(MT5));
  expect(read).toMatchObject({ format: 'MetaTrader 5', badRows: 0 });
  expect(read.trades).toEqual([
    {
      ticket: '9001',
      symbol: 'EURUSD',
      direction: -1,
      volume: 0.1,
      openTime: at('2026-01-02T10:00:01'),
      openPrice: 1.1001,
      closeTime: at('2026-01-02T12:00:00'),
      closePrice: 1.099,
      commission: -0.35,
      swap: 0,
      profit: 11,
    },
  ]);
});

test('CSV is read by the names of its columns, and says what it lacks', () => {
  const csv = `Position;Symbol;Type;Volume;Time;Price;Time;Price;Commission;Swap;Profit
1;"EURUSD";buy;0.1;2026-01-02 10:00;1.1;2026-01-02 11:00;1.101;-0.7;0;10
2;EURUSD;balance;;2026-01-02 10:00;;;;;;100
3;EURUSD;sell;0.1;2026-13-02 10:00;1.1;;;;;
`;
  const read = readStatement('trades.csv', utf8(csv));
  expect(read).toMatchObject({ format: 'CSV', account: null, badRows: 1 });
  expect(read.trades).toMatchObject([{ ticket: '1', openPrice: 1.1, closePrice: 1.101, profit: 10 }]);
  expect(() => readStatement('x.csv', utf8('a,b\n1,2\n'))).toThrow(/no column for ticket, symbol, side/);
  expect(() => readStatement('x.html', utf8('<html><table><tr><td>1</td></tr></table>'))).toThrow(
    /no trade that can be read/,
  );
});
