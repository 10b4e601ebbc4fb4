import type { RunBundleDto, RunReplayDto } from '../../../engine/contract/dto/index.ts';
import { modelTitle } from '../../../engine/contract/model-type-names.ts';
import { bytes, count, table } from './format.ts';
import { runText } from './models.ts';

export function runBundleText(bundle: RunBundleDto): string {
  const lines = [
    `${bundle.file}: ${runText(bundle)} with its candles, windows, rules, costs and seed; ${count(bundle.files.length, 'file')}, ${bytes(bundle.bytes)} before compression.`,
  ];
  if (!bundle.withModel) lines.push('Its model was not kept, so a replay compares figures only.');
  if (!bundle.withTable)
    lines.push(
      'The table of its strategies is missing, so a replay compares model and left-out figures only.',
    );
  lines.push(`Anywhere else: regimen run replay ${JSON.stringify(bundle.file)}`);
  return lines.join('\n');
}

export function runReplayText(replay: RunReplayDto): string {
  const {
    modelType,
    symbol,
    timeframe,
    target,
    run,
    trainedAt,
    runtime,
    compared,
    differences,
    differenceCount,
  } = replay;
  const head = [
    `${replay.file}: ${modelTitle(modelType)} on ${symbol} ${timeframe}, ${target}, horizon ${replay.horizon}, run ${run.slice(0, 8)} of ${trainedAt.slice(0, 10)},`,
    `bundled with Node ${runtime.node} on ${runtime.platform} ${runtime.arch}; trained again here. Compared:`,
    ...compared.map((what) => `  ${what}`),
    '',
  ];
  if (differenceCount === 0) return [...head, 'Everything is the same, to the last bit.'].join('\n');
  const rows = differences.map(({ where, expected, found }) => [where, short(expected), short(found)]);
  const more = differenceCount - differences.length;
  return [
    ...head,
    `${count(differenceCount, 'difference')}:`,
    '',
    table(['What', 'In the bundle', 'Here'], rows, []),
    ...(more > 0 ? [`and ${more} more.`] : []),
  ].join('\n');
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
