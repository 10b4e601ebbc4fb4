import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Candles } from '../../../market/candles.ts';
import type { Bundle } from '../bundle.ts';
import { unpack } from './bundled.ts';

/** What the account saw: times in ms UTC at which positions were entered and left, in the order of leaving. */
export interface TerminalTrade {
  readonly entry: number;
  readonly exit: number;
  readonly direction: number;
}

export interface TerminalRun {
  readonly trades: readonly TerminalTrade[];
  /** What the expert printed, line by line. */
  readonly said: readonly string[];
}

export interface TerminalOptions {
  readonly hedging?: boolean;
  /** So many orders are answered with a requote first. */
  readonly refusals?: number;
  /** Somebody else's position in the same symbol is open. */
  readonly stranger?: boolean;
}

/**
 * An expert in a terminal of our own: its code and that of its data as C++, with `terminal.h` for what MetaTrader would give it. What differs
 * between the languages is written anew, line by line: directives, `input`, arrays without a size, and functions that are used before they stand.
 */
export class ExpertProgram {
  readonly #program: string;
  readonly #include: string;

  /** `compile` makes a program of a file of C++, with what its includes lie in. */
  constructor(
    bundle: Bundle,
    folder: string,
    compile: (source: string, program: string, includes: readonly string[]) => void,
  ) {
    this.#include = unpack(bundle, folder);
    const expert = [...bundle.files].find(([name]) => name.includes('/Experts/'))![1];
    const data = readFileSync(join(this.#include, 'RegimenData.mqh'), 'utf8');
    copyFileSync(join(import.meta.dirname, 'terminal.h'), join(folder, 'terminal.h'));
    const source = join(folder, 'expert.cpp');
    writeFileSync(source, cppOf(data, Buffer.from(expert).toString()));
    this.#program = join(folder, 'expert');
    compile(source, this.#program, [folder, this.#include, join(folder, 'check')]);
  }

  /** Opens bar after bar, from the one with the index `from` to the last. */
  run(
    { length, time, open, high, low, close, volume, spread }: Candles,
    from: number,
    options: TerminalOptions = {},
  ): TerminalRun {
    const values = new Float64Array(7 * length);
    for (let i = 0; i < length; i++) {
      const known = Math.max(0, spread[i]!);
      values.set([time[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!, known], 7 * i);
    }
    const file = join(this.#include, 'bars.bin');
    writeFileSync(file, values);
    const { hedging = false, refusals = 0, stranger = false } = options;
    const words = [this.#include, file, from, Number(hedging), refusals, Number(stranger)].map(String);
    const log = join(this.#include, 'said.txt');
    const out = execFileSync('sh', ['-c', '"$0" "$@" 2>"$LOG"', this.#program, ...words], {
      env: { ...process.env, LOG: log },
    });
    const said = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    return { trades: JSON.parse(out.toString()) as TerminalTrade[], said };
  }
}

const unix = (text: string) => text.replaceAll('\r\n', '\n');

function cppOf(data: string, expert: string): string {
  const code = unix(expert)
    .replace(/^#include <.*\n/gm, '')
    .replace(/^#property.*\n/gm, '')
    .replace(/^input group.*\n/gm, '')
    .replace(/^input /gm, '');
  const prototypes = [...code.matchAll(/^(?:bool|int|void|double|string|datetime) \w+\(.*\)$/gm)].map(
    ([head]) => `${head};`,
  );
  const firstFunction = code.search(/^(?:bool|int|void|double|string|datetime) \w+\(.*\)$/m);
  const whole = [
    unix(data).replace(
      /^#resource "[\w.]+" as (\w+) (\w+)\[\]$/gm,
      (_, type: string, name: string) => `RgChecked<${type}> ${name};`,
    ),
    code.slice(0, firstFunction),
    ...prototypes,
    code.slice(firstFunction),
  ].join('\n');
  return `#include "terminal.h"\n${whole.replace(/^(\s+)(\w+) (\w+)\[\];$/gm, '$1RgChecked<$2> $3;')}\n${MAIN}`;
}

const MAIN = String.raw`
template <typename T> static void Read(const string &name,RgChecked<T> &out)
  {
   FILE *file=std::fopen(name.c_str(),"rb");
   T value;
   while(std::fread(&value,sizeof(T),1,file)==1)
      out.All().push_back(value);
   std::fclose(file);
  }

static datetime Utc(datetime server) { return (datetime)(RgUtc(server)/1000.0); }

int main(int,char **words)
  {
   string folder=words[1];
   Read(folder+"/numbers.bin",RgNumbers);
   Read(folder+"/nodes.bin",RgNodes);
   Read(folder+"/leaves.bin",RgLeaves);
   Read(folder+"/parity.bin",RgParityRows);
   RgChecked<double> bars;
   Read(words[2],bars);
   for(int i=0; i<ArraySize(bars); i+=7)
      market.bars.push_back({RgServer(bars[i]),bars[i+1],bars[i+2],bars[i+3],bars[i+4],(long)bars[i+5],(int)std::lround(bars[i+6]/market.point),0});
   market.utc=Utc;
   account.hedging=std::atoi(words[4]);
   account.refusals=std::atoi(words[5]);
   if(std::atoi(words[6]))
      account.positions.push_back({account.next++,1,1,market.bars[0].time,0.0,0.0,1.0});
   int from=std::atoi(words[3]);
   market.open=from-1;
   market.now=market.bars[market.open].time;
   if(OnInit()!=INIT_SUCCEEDED)
      return 1;
   for(int i=from; i<(int)market.bars.size(); i++)
     {
      market.open=i;
      market.now=market.bars[i].time;
      OnTick();
      OnTick();
     }
   std::printf("[");
   for(size_t i=0; i<account.trades.size(); i++)
     {
      const Trade &one=account.trades[i];
      std::printf("%s{\"entry\":%.0f,\"exit\":%.0f,\"direction\":%d}",i==0 ? "" : ",",RgUtc(one.entry),RgUtc(one.exit),one.direction);
     }
   std::printf("]\n");
   return 0;
  }
`;
