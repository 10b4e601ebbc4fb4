import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RunDetailDto, StrategyResultDto, TraceDto } from '../../../engine/contract/dto/index.ts';
import { useRegimeTitle } from '../../state/index.ts';
import {
  EquityAndDrawdown,
  LookaheadCheck,
  MoneySection,
  ScopeChoice,
  StrategyTrace,
  TradesSection,
} from '../../strategy/index.ts';
import { EmptyState } from '../../ui/index.ts';
import classes from '../history.module.css';
import { strategyLabel } from '../strategies.ts';
import { texts } from './texts.ts';

interface TraceTabProps {
  readonly run: RunDetailDto;
  readonly strategy: StrategyResultDto;
  /** The regime whose signals alone it trades; null: all. */
  readonly alone: string | null;
  onAlone(alone: string | null): void;
  /** Opens the table of its strategies. */
  onStrategies(): void;
}

interface Props extends TraceTabProps {
  children(trace: TraceDto): React.ReactNode;
}

/** What the chosen strategy did, computed again from the model file; without the file that can't be said. */
function TraceTab({ run, strategy, alone, onAlone, onStrategies, children }: Props) {
  if (run.artifactFile === null) {
    return (
      <EmptyState
        icon={<IconTrash size={28} aria-hidden />}
        title={texts.modelWasDeleted}
        action={
          <Button variant="default" onClick={onStrategies}>
            {texts.showItsStrategies}
          </Button>
        }
      >
        {texts.equityAndTradesCome}
      </EmptyState>
    );
  }
  return (
    <div className={classes.stack}>
      <p style={{ margin: 0 }}>{texts.chooseAnotherUnderStrategies({ strategy: strategyLabel(strategy) })}</p>
      <ScopeChoice regimes={run.regimes} value={alone} onChange={onAlone} />
      <StrategyTrace
        key={`${strategy.index} ${alone}`}
        run={String(run.id)}
        strategyIndex={strategy.index}
        alone={alone}
      >
        {children}
      </StrategyTrace>
    </div>
  );
}

export function EquityTab(props: TraceTabProps) {
  const regimeTitle = useRegimeTitle();
  const { alone } = props;
  return (
    <TraceTab {...props}>
      {(trace) => (
        <>
          <EquityAndDrawdown
            trace={trace}
            title={
              alone === null ? texts.equityInAllRegimes : texts.equityAloneIn({ alone: regimeTitle(alone) })
            }
            regime={alone ?? undefined}
          />
          {trace.trades.length === 0 ? null : <MoneySection trace={trace} />}
        </>
      )}
    </TraceTab>
  );
}

export function TradesTab(props: TraceTabProps) {
  const { run, strategy, alone } = props;
  return (
    <TraceTab {...props}>
      {(trace) => (
        <>
          <TradesSection trace={trace} />
          <LookaheadCheck run={String(run.id)} strategyIndex={strategy.index} alone={alone} />
        </>
      )}
    </TraceTab>
  );
}
