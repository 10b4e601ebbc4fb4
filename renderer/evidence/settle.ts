import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { formatCount } from '../ui/format.ts';
import { texts } from './texts.ts';

/** What would settle whether a champion is worth anything, in sentences. */
export function settleSentences({ outOfSample, luck, trades, verdict }: ChampionDto): readonly string[] {
  if (verdict === 'contradicted') return [texts.itIsSettled];
  const { trackRecord } = luck;
  const lacks =
    trackRecord === null || trackRecord.needed === null || trackRecord.needed <= trackRecord.bars
      ? []
      : [
          texts.moreBars({
            needed: formatCount(trackRecord.needed - trackRecord.bars),
            trackRecordNeeded: formatCount(trackRecord.needed),
            bars: formatCount(trackRecord.bars),
          }),
        ];
  const few = trades < 30 && outOfSample === null ? [texts.moreTrade({ moreTrades: 30 - trades })] : [];
  return [...few, ...lacks, ...(outOfSample === null ? [texts.barsThatChoseNothing] : [])];
}
