import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { formatCount, plural } from '../ui/format.ts';

/** What would settle whether a champion is worth anything, in sentences. */
export function settleSentences({ outOfSample, luck, trades, verdict }: ChampionDto): readonly string[] {
  if (verdict === 'contradicted') return ['It is settled: bars that chose nothing speak against it.'];
  const { trackRecord } = luck;
  const lacks =
    trackRecord === null || trackRecord.needed === null || trackRecord.needed <= trackRecord.bars
      ? []
      : [
          `${formatCount(trackRecord.needed - trackRecord.bars)} more bars: it takes ${formatCount(trackRecord.needed)} to be 95 % sure of a Sharpe ratio above 0, choosing aside, and there are ${formatCount(trackRecord.bars)}.`,
        ];
  const few =
    trades < 30 && outOfSample === null
      ? [`${plural(30 - trades, 'more trade')}: fewer than 30 say nothing.`]
      : [];
  return [
    ...few,
    ...lacks,
    ...(outOfSample === null
      ? [
          'Bars that chose nothing: its configuration trained again in folds, each traded on the weeks that follow.',
        ]
      : []),
  ];
}
