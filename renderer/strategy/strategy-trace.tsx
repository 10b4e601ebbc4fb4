import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { useCall } from '../state/index.ts';
import { LoadingRows, TraceError } from '../ui/index.ts';
import classes from './strategy.module.css';

interface StrategyTraceProps {
  /** Number or UUID of a run whose model is kept. */
  readonly run: string;
  readonly strategyIndex: number;
  /** The regime whose signals alone are traded; null: all. */
  readonly alone: string | null;
  /** What stands below the reason where there is no trace. */
  readonly instead?: React.ReactNode;
  children(trace: TraceDto): React.ReactNode;
}

/** What one strategy did bar by bar, computed from its model file; or why that can't be said. */
export function StrategyTrace({ run, strategyIndex, alone, instead, children }: StrategyTraceProps) {
  const { data, error, refresh } = useCall('run.trace', {
    run,
    strategyIndex,
    ...(alone === null ? {} : { regime: alone }),
  });
  return (
    <div className={classes.trace}>
      {error !== undefined ? (
        <>
          <TraceError error={error} retry={refresh} />
          {instead}
        </>
      ) : data === undefined ? (
        <LoadingRows rows={6} />
      ) : (
        children(data)
      )}
    </div>
  );
}
