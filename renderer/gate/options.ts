import type { CriteriaPreset } from '../../engine/contract/criteria.ts';
import { MIN_FIGURES, MIN_OPTION, type MinFigure, skippedBy } from '../../engine/contract/gate-options.ts';
import type { MinVerdict } from '../../engine/contract/registry.ts';
import { texts } from './texts.ts';

/** What is asked of a version, as it is being chosen; null: as the configuration says. */
export interface GateDraft {
  readonly preset: CriteriaPreset | null;
  readonly least: Readonly<Partial<Record<MinFigure, number>>>;
  readonly minVerdict: MinVerdict | null;
  readonly skipValidation: boolean;
  readonly force: boolean;
  readonly reason: string;
}

export const EMPTY_GATE: GateDraft = {
  preset: null,
  least: {},
  minVerdict: null,
  skipValidation: false,
  force: false,
  reason: '',
};

/** As methods take it: what is left at its default is left out. */
export function gateInput({ preset, least, minVerdict, skipValidation, force, reason }: GateDraft) {
  return {
    ...(preset === null ? {} : { preset }),
    ...Object.fromEntries(
      MIN_FIGURES.flatMap((figure) =>
        least[figure] === undefined ? [] : [[MIN_OPTION[figure], least[figure]]],
      ),
    ),
    ...(minVerdict === null ? {} : { minVerdict }),
    ...(skipValidation ? { skipValidation } : {}),
    ...(force ? { force } : {}),
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
  };
}

const WORDS: Readonly<Record<string, string>> = texts.words;

/** What was left out, and what was held to less or more than usual, from its names in the journal; null where nothing was. */
export function skippedText(skipped: readonly string[]): string | null {
  const parts = skipped.flatMap((one) => WORDS[one] ?? []);
  const own = skipped.flatMap((one) => {
    const { figure, value } = /^min-(?<figure>\w+)=(?<value>.*)$/.exec(one)?.groups ?? {};
    return figure === undefined ? [] : [texts.f1HeldTo({ figure, value })];
  });
  const all = [...(parts.length === 0 ? [] : [texts.notAsked({ parts: parts.join(', ') })]), ...own];
  return all.length === 0 ? null : all.join('; ').replace(/^./, (first) => first.toUpperCase());
}

/** What will not be asked, as a sentence; null where all of it is. `hasProduction`: another version is in charge. */
export function leftOutText(draft: GateDraft, hasProduction: boolean): string | null {
  const { minVerdict, ...asked } = draft;
  const skipped = skippedBy(
    { ...asked, preset: undefined, minVerdict: minVerdict ?? undefined },
    hasProduction,
  );
  const out = skippedText(skipped);
  return out === null ? null : texts.thatStandsInJournal({ out });
}
