import { IconTrash } from '@tabler/icons-react';
import type { RunDetailDto, StrategyResultDto } from '../../../engine/contract/dto/index.ts';
import { EquityChart } from '../../charts/equity-chart.tsx';
import { PriceChart } from '../../charts/price-chart.tsx';
import { useCall, useRegimeTitle } from '../../state/index.ts';
import { EmptyState, LoadingRows, plural, TraceError } from '../../ui/index.ts';
import classes from '../history.module.css';
import { strategyLabel } from '../strategies.ts';

interface EquityTabProps {
  readonly run: RunDetailDto;
  readonly strategy: StrategyResultDto;
}

/** Equity of the chosen strategy, recomputed from the model file; without the file there is none. */
export function EquityTab({ run, strategy }: EquityTabProps) {
  const regimeTitle = useRegimeTitle();
  const trace = useCall(
    'run.trace',
    run.artifactFile === null ? null : { run: String(run.id), strategyIndex: strategy.index },
  );
  if (run.artifactFile === null) {
    return (
      <EmptyState icon={<IconTrash size={28} aria-hidden />} title="The model was deleted">
        Equity is drawn from the model file, and this model improved no regime. Its figures are under
        Strategies.
      </EmptyState>
    );
  }
  if (trace.error !== undefined) return <TraceError error={trace.error} retry={trace.refresh} />;
  if (trace.data === undefined) return <LoadingRows rows={8} />;
  const { time, close, regime, regimes } = trace.data;
  return (
    <div className={classes.stack}>
      <EquityChart
        trace={trace.data}
        title={`Equity: ${strategyLabel(strategy)}`}
        regimeTitle={regimeTitle}
      />
      <PriceChart
        title={`Price and regimes, ${run.symbol} ${run.timeframe}`}
        note={`The same ${plural(time.length, 'bar')}: selection window and holdout.`}
        time={time}
        close={close}
        label={regime}
        regimes={regimes}
        regimeTitle={regimeTitle}
      />
    </div>
  );
}
