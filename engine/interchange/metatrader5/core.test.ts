import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTimeZone } from '../../contract/time-zone.ts';
import { REGIME_MEASURES } from '../../contract/words.ts';
import { randomCandles } from '../../market/testing/random-candles.ts';
import { nextBarTime, rolloverNights } from '../../market/time/calendar.ts';
import { compileRegimes, labelBars } from '../../regimes/labeler.ts';
import { canCompile, compile } from '../../testing/compiler.ts';
import { coreText } from './core.ts';
import { lintMql5 } from './lint.ts';
import { STAND_IN } from './stand-in.ts';

/** Parts of the include that no model's parity rows reach: clocks, calendar, every kind of rule, and that what would end a terminal's program ends this one. */

const folder = mkdtempSync(join(tmpdir(), 'core-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REGIMES = compileRegimes([
  ...REGIME_MEASURES.flatMap((measure, k) => [
    rule(`p_${measure}`, { [measure]: `> ${93 + k}th percentile and <= 99.5th percentile` }),
    rule(`a_${measure}`, { [measure]: '> 2.3x average' }),
    rule(`n_${measure}`, { [measure]: '< 0.0007 and >= 0.00012345678901234567' }),
  ]),
  rule('rest', { volume: '>= 50th percentile', range: '< 1.5x average' }),
]);

function rule(name: string, rules: Record<string, string>) {
  return { name, title: name, description: '', active: true, rules };
}

const MAIN = `
#include "RegimenCore.mqh"
static RgChecked<double> In(const char *name)
  {
   RgChecked<double> out;
   FILE *file=std::fopen(name,"rb");
   double value;
   while(std::fread(&value,8,1,file)==1)
      out.All().push_back(value);
   std::fclose(file);
   return out;
  }
int main(int,char **words)
  {
   std::string what=words[1];
   rg_trap();
   if(what=="divide")
     {
      volatile double zero=0.0;
      std::printf("%d",RgIsNumber(RgDivide(1.0,zero)) ? 1 : 0);
      return (int)(1.0/zero);
     }
   RgChecked<double> in=In(words[2]);
   int n=ArraySize(in);
   if(what=="index")
      return (int)in[n];
   if(what=="clock")
      for(int i=0; i<n; i++)
         std::printf("%.0f %.0f %.0f %.0f %.0f\\n",RgNewYork(in[i]),RgServerOffset(in[i],1,0.0),RgServerToUtc(in[i]+RgServerOffset(in[i],0,0.0),0,0.0),
            RgNextBar(in[i],false),i>0 ? RgNights(in[i-1],in[i],false) : 0.0);
   if(what=="regimes")
     {
      RgBars bars;
      RgReadBars(in,0,n/8,bars);
      RgChecked<int> labels;
      RgLabel(bars,600,labels);
      for(int i=0; i<ArraySize(labels); i++)
         std::printf("%d ",labels[i]);
     }
   return 0;
  }
`;

const { text } = coreText(
  { encoder: 'normalized', indicatorTimeframes: { rsi: ['H1'] }, timeframe: 'H1' },
  REGIMES,
);
const program = join(folder, 'core');

function run(what: string, numbers: Float64Array = new Float64Array(1)): string {
  const file = join(folder, 'in.bin');
  writeFileSync(file, numbers);
  return execFileSync(program, [what, file]).toString();
}

test('the code is what MetaEditor would take, as far as we can tell', () => {
  expect(lintMql5('RegimenCore.mqh', text)).toEqual([]);
});

describe.skipIf(!canCompile())('the include, compiled', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'RegimenCore.mqh'), text);
    writeFileSync(join(folder, 'regimen_stand_in.h'), STAND_IN);
    writeFileSync(join(folder, 'main.cpp'), MAIN);
    compile(join(folder, 'main.cpp'), program, [folder]);
  }, 60_000);

  test('knows the clocks of New York, of servers and of the trading week, over all changes of them', () => {
    const zone = findTimeZone('America/New_York');
    const athens = findTimeZone('Europe/Athens');
    const times: number[] = [];
    for (let at = Date.UTC(2015, 0, 5); at < Date.UTC(2032, 0, 1); at += 7.3 * 3_600_000)
      times.push(Math.floor(at / 3_600_000) * 3_600_000);
    const lines = run('clock', Float64Array.from(times)).trimEnd().split('\n');
    expect(lines).toHaveLength(times.length);
    lines.forEach((line, i) => {
      const at = times[i]!;
      const nights = i > 0 ? rolloverNights(times[i - 1]!, at) : 0;
      // Where a clock is put back two instants have one time of the server: the earlier is taken.
      const again =
        zone.offsetAt(at) !== zone.offsetAt(at - 3_600_000) &&
        zone.offsetAt(at) < zone.offsetAt(at - 3_600_000);
      const expected = [
        zone.offsetAt(at),
        athens.offsetAt(at),
        again ? at - 3_600_000 : at,
        nextBarTime(at, 'H1'),
        nights,
      ];
      expect(line, new Date(at).toISOString()).toBe(expected.join(' '));
    });
  });

  test('labels by every kind of rule on every measure', () => {
    const candles = randomCandles(2200, 'H1', 9);
    const { time, open, high, low, close, volume } = candles;
    const spread = new Float64Array(candles.length);
    const all = [time, open, high, low, close, volume, spread, time.map((at) => at + 3_600_000)];
    const numbers = new Float64Array(8 * candles.length);
    all.forEach((column, k) => {
      numbers.set(column, k * candles.length);
    });
    const labels = run('regimes', numbers).trim().split(' ').map(Number);
    expect(labels).toEqual([...labelBars(candles, REGIMES, 600, candles.length)]);
    expect(new Set(labels).size).toBeGreaterThan(8);
  });

  test('ends at an index outside an array and at a division by zero, as a program of MetaTrader does', () => {
    const end = (what: string) => spawnSync(program, [what, join(folder, 'in.bin')]);
    run('clock', Float64Array.of(0));
    expect(end('index')).toMatchObject({ signal: 'SIGABRT' });
    expect(end('index').stderr.toString()).toMatch(/array out of range: index 1 of 1/);
    expect(end('divide')).toMatchObject({ signal: 'SIGFPE' });
  });
});
