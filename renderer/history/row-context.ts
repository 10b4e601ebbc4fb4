import { useMemo } from 'react';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { useMinTrades, useModelTitle, useRegimeTitle, useWorkspace } from '../state/index.ts';
import type { RowContext } from './columns.tsx';
import { championsByRun } from './places.ts';

const NO_CHAMPIONS: readonly ChampionDto[] = [];

/** The same object as long as it says the same, so that rows are not drawn again. */
export function useRowContext(): RowContext {
  const modelTitle = useModelTitle();
  const regimeTitle = useRegimeTitle();
  const minTrades = useMinTrades();
  const champions = useWorkspace((workspace) => workspace.champions) ?? NO_CHAMPIONS;
  return useMemo(
    () => ({ modelTitle, regimeTitle, minTrades, champions: championsByRun(champions) }),
    [modelTitle, regimeTitle, minTrades, champions],
  );
}
