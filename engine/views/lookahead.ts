import { iso } from '../binding/basis.ts';
import type { LookaheadDifferenceDto, LookaheadDto, StrategyDto } from '../contract/dto/index.ts';
import type { Difference, LookaheadReport } from '../pipeline/lookahead.ts';
import { finite } from '../store/figure-columns.ts';
import type { RunRow } from '../store/runs.ts';

export function lookaheadDto(
  row: RunRow,
  strategy: StrategyDto,
  {
    strategyIndex,
    alone,
    report,
  }: { readonly strategyIndex: number; readonly alone: string | null; readonly report: LookaheadReport },
): LookaheadDto {
  const { bars, cuts, compared, lookahead, warmup, anchored } = report;
  return {
    runId: row.uuid,
    run: row.id,
    strategy,
    strategyIndex,
    alone,
    symbol: row.symbol,
    timeframe: row.timeframe,
    passed: lookahead === null && warmup.every(({ difference }) => difference === null),
    bars,
    cuts: cuts.map(iso),
    compared,
    lookahead: lookahead === null ? null : { ...differenceDto(lookahead), cut: iso(lookahead.cut) },
    warmup: warmup.map(({ difference, largest, ...check }) => ({
      ...check,
      difference: difference === null ? null : differenceDto(difference),
      largest: finite(largest),
    })),
    anchored,
  };
}

function differenceDto({ what, time, was, is }: Difference): LookaheadDifferenceDto {
  return { what, time: iso(time), was: finite(was), is: finite(is) };
}
