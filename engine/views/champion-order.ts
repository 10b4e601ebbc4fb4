import { championColumn } from '../contract/champion-columns.ts';
import { type Condition, holds } from '../contract/conditions.ts';
import type { ChampionDto } from '../contract/dto/index.ts';
import { TIMEFRAME_MINUTES, type Timeframe } from '../contract/timeframe.ts';

export interface ChampionQuery {
  /** All of them hold. */
  readonly filter?: readonly Condition[] | undefined;
  /** Key of a column; without it the order stays. */
  readonly sort?: string | undefined;
  /** Unless it says no. */
  readonly descending?: boolean | undefined;
}

/** Champions that match, in order: those without a value come last, equal ones stay as they stood. */
export function arrangedChampions(
  champions: readonly ChampionDto[],
  { filter = [], sort, descending = true }: ChampionQuery,
): readonly ChampionDto[] {
  const matching = champions.filter((champion) =>
    filter.every((condition) => {
      const column = championColumn(condition.key);
      if (column === undefined) return false;
      // A verdict by its word in files, too.
      const isWord =
        condition.key === 'verdict' && condition.is !== '!=' && holds(condition, champion.verdict);
      return isWord || holds(condition, column.of(champion));
    }),
  );
  const column = sort === undefined ? undefined : championColumn(sort);
  if (column === undefined) return matching;
  const placeOf = (champion: ChampionDto) => {
    if (column.rank !== undefined) return column.rank(champion);
    const value = column.of(champion);
    return column.key === 'timeframe' ? TIMEFRAME_MINUTES[value as Timeframe] : value;
  };
  const sign = descending ? -1 : 1;
  return matching.toSorted((a, b) => {
    const [x, y] = [placeOf(a), placeOf(b)];
    if (x === y) return 0;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -sign : sign;
  });
}
