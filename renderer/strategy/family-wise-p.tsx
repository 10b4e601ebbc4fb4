import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { DASH, Num } from '../ui/index.ts';

interface FamilyWisePProps {
  readonly champion: Pick<ChampionDto, 'p' | 'luck'>;
}

/** A champion's chance by luck alone; a dash says why it is not known. */
export function FamilyWiseP({ champion: { p, luck } }: FamilyWisePProps) {
  return p === null ? (
    <span title={luck.missing ?? undefined}>{DASH}</span>
  ) : (
    <Num term="familyWiseP" value={p} />
  );
}
