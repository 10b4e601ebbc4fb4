import { useWorkspace } from './workspace.ts';

/** Trades that a champion needs in its regime: a figure from fewer says little. Undefined until settings are read. */
export function useMinTrades(): number | undefined {
  return useWorkspace(({ settings }) => {
    const trades = settings?.values.evaluation?.min_trades_per_regime;
    return typeof trades === 'number' ? trades : undefined;
  });
}
