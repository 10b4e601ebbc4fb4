import { Select } from '@mantine/core';
import { TIMEFRAMES, type Timeframe } from '../../engine/contract/timeframe.ts';
import { useWorkspace } from '../state/index.ts';
import { MarkSelect } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './regimes.module.css';
import { type Scope, scopeOptions } from './rows.ts';
import { texts } from './texts.ts';

export interface ScopeFilterProps {
  readonly scope: Scope;
  onScope(scope: Scope): void;
}

const NONE: readonly never[] = [];

/** Chooses the symbol and timeframe whose champions are shown. */
export function ScopeFilter({ scope, onScope }: ScopeFilterProps) {
  const series = useWorkspace((workspace) => workspace.series) ?? NONE;
  const champions = useWorkspace((workspace) => workspace.champions) ?? NONE;
  const options = scopeOptions(series, champions, TIMEFRAMES);
  return (
    <div className={classes.filters}>
      <Select
        aria-label={common.symbol}
        placeholder={texts.allSymbols}
        data={[...options.symbols]}
        value={scope.symbol}
        onChange={(symbol) => onScope({ ...scope, symbol })}
        clearable
        w={172}
      />
      <Select
        aria-label={common.timeframe}
        placeholder={texts.allTimeframes}
        data={[...options.timeframes]}
        value={scope.timeframe}
        onChange={(timeframe) => onScope({ ...scope, timeframe: timeframe as Timeframe | null })}
        clearable
        w={172}
      />
      <MarkSelect value={scope.mark ?? null} onChange={(mark) => onScope({ ...scope, mark })} w={172} />
    </div>
  );
}
