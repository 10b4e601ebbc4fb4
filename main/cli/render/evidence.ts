import type { ChampionDto } from '../../../engine/contract/dto/index.ts';
import { VERDICTS } from '../../../engine/contract/verdict.ts';
import { count, integer } from './format.ts';

/** The chance that a champion without an edge lies above the mark of luck. */
const LUCK_SHARE = 0.05;

/** What champions are worth taken together, and what would settle it; nothing without champions. */
export function evidenceText(champions: readonly ChampionDto[]): string {
  if (champions.length === 0) return '';
  return [luckSentence(champions), verdictSentence(champions), settleSentence(champions)]
    .filter((sentence) => sentence !== '')
    .join('\n');
}

function luckSentence(champions: readonly ChampionDto[]): string {
  const all = count(champions.length, 'champion');
  const known = champions.filter(({ p }) => p !== null);
  if (known.length === 0)
    return `${all}; what was tried for them is not counted, so luck can't be told from an edge.`;
  const above = known.filter(({ p }) => p! <= LUCK_SHARE).length;
  const by = LUCK_SHARE * known.length;
  const luck =
    by < 1
      ? `one in ${integer(Math.round(1 / by))} such lists`
      : `about ${integer(Math.round(by))} of ${integer(known.length)}`;
  const uncounted =
    known.length === champions.length ? '' : ` of the ${integer(known.length)} whose tries are counted`;
  const lie = above < 2 ? 'lies' : 'lie';
  return `${all}: ${above === 0 ? 'none' : integer(above)}${uncounted} ${lie} above the mark of luck, which luck alone passes in ${luck}.`;
}

function verdictSentence(champions: readonly ChampionDto[]): string {
  const by = VERDICTS.flatMap((verdict) => {
    const those = champions.filter((champion) => champion.verdict === verdict);
    return those.length === 0
      ? []
      : [`${integer(those.length)} ${verdict === 'none' ? 'without evidence' : verdict}`];
  });
  return `Verdicts: ${by.join(', ')}.`;
}

function settleSentence(champions: readonly ChampionDto[]): string {
  const open = champions.filter(({ outOfSample }) => outOfSample === null).length;
  if (open === 0) return '';
  const those =
    open === champions.length
      ? 'None of them was'
      : `${integer(open)} of them ${open === 1 ? 'was' : 'were'} not`;
  return `${those} validated: only bars that chose nothing can settle it (regimen validate champions).`;
}
