import type { Configuration } from '../../contract/configuration.ts';
import type { Strategy } from '../../inference/strategy-grid.ts';
import type { BundleAbout, BundleNames } from './about.ts';
import type { Core } from './core.ts';
import type { ParityRows } from './parity.ts';

export interface ReadmeInput {
  readonly about: BundleAbout;
  readonly names: BundleNames;
  readonly configuration: Configuration;
  readonly strategy: Strategy;
  readonly core: Core;
  readonly parity: ParityRows;
  readonly lead: number;
  /** Trained on the demo market. */
  readonly isSynthetic: boolean;
  readonly hasStops: boolean;
  readonly hasSpread: boolean;
  readonly hasVolume: boolean;
  readonly usesVolume: boolean;
  readonly cut: 'new_york' | 'utc' | null;
  readonly configHash: string;
  readonly trainingKey: string;
  /** SHA-256 of each file of the model, by name. */
  readonly hashes: ReadonlyMap<string, string>;
}

const day = (iso: string) => iso.slice(0, 10);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function volumeText({ hasVolume, usesVolume }: ReadmeInput): string {
  if (!hasVolume) return 'the candles had no volume, and the expert gives the model none';
  const text = 'volumes are ticks of this broker';
  if (!usesVolume) return text;
  return `${text}, and **this model looks at volume**: z-scores soften the difference between sources, they do not remove it`;
}

/** What takes longest of a forecast over synthetic bars. */
const RECURSIVE = `Its forecasts are recursive: each takes the features of up to eleven bars that have not come. The check at the start takes up to a minute, the first bar as long; later ones
take a moment, since what was foreseen is kept.
`;

const verdictText = (verdict: string | null) =>
  verdict === null ? 'not judged' : verdict === 'none' ? 'no evidence' : verdict;

/** README.md of a bundle, in plain words. */
export function readmeText(input: ReadmeInput): string {
  const { about, names, configuration, strategy, core, parity, hashes } = input;
  const { id } = names;
  const [warmup, ...higherWarmup] = core.warmup;
  const inCharge =
    about.regime === null
      ? 'It speaks on all bars.'
      : `It is in charge of the regime ${about.regime} alone. On bars of other regimes nobody is, and it opens nothing.`;
  const figures = Object.entries(about.figures).map(
    ([name, value]) => `| ${name} | ${value === null ? '-' : Number(value.toPrecision(4))} |`,
  );
  return `# ${about.name} for MetaTrader 5

${about.title}. ${inCharge}

${about.kind === 'version' ? `Version ${about.version}` : 'A champion, not a version: nothing says that it was promoted'}; trained on ${day(about.trainedFrom)} to ${day(about.trainedTo)}; expires on ${day(about.expiresAt)}, from when on it opens no trades.
${input.isSynthetic ? '\n**It was trained on the synthetic demo market, whose prices never were. Trade nothing with it: it is there to try the steps below.**\n' : ''}
## What is known of it

Verdict: **${verdictText(about.verdict)}**${about.verdictReason === null ? '.' : `: ${about.verdictReason}`}

${
  about.gate.length === 0
    ? 'No gate was asked. Ask it before money depends on this: `regimen production validate`.'
    : ['The gate:', '', ...about.gate.map((line) => `- ${line}`)].join('\n')
}

${
  figures.length === 0
    ? ''
    : [
        'Figures of the window that it was chosen on, which flatter it:',
        '',
        '| figure | value |',
        '| --- | --- |',
        ...figures,
      ].join('\n')
}

## What was never tried

This archive was never compiled by MetaEditor and never ran in a terminal: neither is to be had where Regimen is built. What is proven is that \`RegimenCore.mqh\`,
compiled as C++, computes what Regimen computes, and that the expert, compiled so and run in a stand-in of a terminal, enters and leaves on the bars of the
backtest. The script around the check is checked for words, lengths and digits by a lint of ours, and by nobody else. Nobody
has seen a terminal load this ONNX graph (a TreeEnsembleRegressor in double precision), nor an order that this expert sent. So: demo account first, the script first of
all, and if MetaEditor reports an error, that is an error of Regimen.

Two things answer open questions by themselves: the script prints whether ONNX runs in your build, and the expert refuses to trade where your terminal's arithmetic differs.

## Steps

1. In MetaTrader: File, Open Data Folder. Unpack this archive there; everything lies below \`MQL5\`.
2. In MetaEditor compile \`MQL5/Experts/Regimen/Regimen_${id}.mq5\` and \`MQL5/Scripts/Regimen/${id}/RegimenParity.mq5\` (F7).
3. Run the script on any chart. It recomputes ${parity.rows} bars (${iso(parity.from)} to ${iso(parity.to)} UTC) and prints the largest differences and PASS or FAIL. The numbers to compare with stand in
   \`MQL5/Files/Regimen/${id}/parity.csv\` for people, and embedded in binary. They check arithmetic; the model may have learned from these bars, so they are no backtest.
4. Put the expert on a chart of ${names.symbol} ${names.timeframe}, load \`MQL5/Presets/Regimen_${id}.set\`, and choose the server's clock. Most brokers have New York + 7 hours; the expert compares
   the rule with the server and keeps still where they disagree.
5. Leave \`InpTrade\` off for a week and compare its log with \`regimen signals\`.

It needs ${warmup! + 20} bars of ${names.timeframe} before it says anything${core.higher.map((of, k) => `, ${higherWarmup[k]! + 1} of ${of}`).join('')}, and ${warmup! + input.lead} to say exactly what Regimen says; set "Max bars in chart" at least as high.
${strategy.predictionMethod === 'recursive' ? `\n${RECURSIVE}` : ''}
## How it trades

One position. It enters on the first tick of a bar where the signal of the bar before says so, leaves ${configuration.horizon} bars later or when the signal turns${input.hasStops ? ', or at its stop or take-profit, which are sent with the order' : ''}. A flat signal closes
nothing. Prediction ${strategy.predictionMethod}, ensemble ${strategy.ensembleMethod}, confidence threshold ${strategy.confidenceThreshold}, lookback ${strategy.lookbackWindow}. Lots follow from the risk: ${input.hasStops ? 'the distance of the stop' : 'one ATR(14), since the model has no stop; InpSafetyStop sets one, which the backtest did not have'}. On a netting
account it trades only where the symbol is flat or the position is its own; on a hedging account it finds its own by symbol and magic number.
It opens nothing when parity failed, history is short, the clock is another, it has expired, nobody is in charge, trading is off, the market is closed, the cost is above \`InpMaxCost\`, the volume would be
below the least, margin is short, or stops would be nearer than allowed; it says which. What it holds it leaves after the horizon all the same.

## Your broker's candles

The model was trained on candles that Regimen had, which are another source's unless they are an export of this terminal. Bars of forex are bid prices here; ${volumeText(input)}.
${input.hasSpread ? 'The spread of a bar is what the terminal stored for it.' : 'The candles had no spreads: the signal reckons with the configured ones, InpMaxCost with those of now.'}
${input.cut === null ? '' : `Bars above an hour begin ${input.cut === 'utc' ? 'at 00:00 UTC: the server must be on UTC' : "with New York's trading day at 17:00: the server must be at New York + 7 hours"}.\n`}
To be rid of the difference train on this terminal's own candles: open the symbol in the terminal (View, Symbols, Bars), export the bars of ${[names.timeframe, ...core.higher].join(' and ')} as CSV, \`regimen market import FILE\` with the server's zone, train the same configuration anew, and export that.

## Comparing with the strategy tester

Mode "Open prices only", zero latency, same deposit and currency, start after the warm-up. Fixed lots compare better than risk. Compare signals bar by bar from the expert's log before comparing money.
The tester fills buys at ask and sells at bid: a whole spread on one side, where Regimen takes half on each. ${input.hasStops ? 'Trades with barriers will differ: in this mode the terminal looks at stops on hidden ticks of its own, Regimen takes the stop where a bar touches both.' : 'A trade that is open at the end is closed by the tester.'}

## Checking it without a terminal

\`\`\`
cd MQL5/Include/Regimen/${id}
g++ -std=c++17 -O2 -ffp-contract=off -I ../../../../check -I . -o /tmp/parity ../../../../check/parity.cpp && /tmp/parity .
\`\`\`

## Hashes

| what | value |
| --- | --- |
| config_hash | ${input.configHash} |
| training_key | ${input.trainingKey} |
${[...hashes].map(([name, hash]) => `| ${name} (SHA-256) | ${hash} |`).join('\n')}

${core.names.length} features, in this order: ${core.names.join(', ')}.
`;
}
