import { useMemo } from 'react';
import { type HistoryState, readState, stateParams } from './view-state.ts';

/** As the address says it, and the same object as long as that says the same but for the run that is open. */
export function useAddressState(params: Readonly<Record<string, string>>): HistoryState {
  const said = JSON.stringify(stateParams(readState(params)));
  return useMemo(() => readState(JSON.parse(said) as Record<string, string>), [said]);
}
