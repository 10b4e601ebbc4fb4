import type { TraceDto } from '../../engine/contract/dto/index.ts';
import { DrawdownChart } from '../charts/drawdown-chart.tsx';
import { EquityChart } from '../charts/equity-chart.tsx';
import { useRegimeTitle } from '../state/index.ts';
import { Gradually } from '../ui/index.ts';

interface EquityAndDrawdownProps {
  readonly trace: TraceDto;
  readonly title: string;
  /** Whose bars get a colored ground; undefined: none. */
  readonly regime: string | undefined;
}

/** What a strategy earned, and how far it fell on the way. */
export function EquityAndDrawdown({ trace, title, regime }: EquityAndDrawdownProps) {
  const regimeTitle = useRegimeTitle();
  return (
    <Gradually>
      <EquityChart trace={trace} title={title} regime={regime} regimeTitle={regimeTitle} />
      <DrawdownChart trace={trace} />
    </Gradually>
  );
}
