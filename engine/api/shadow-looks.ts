import type { RegimeDefinition } from '../regimes/definition.ts';
import { regimesDigest } from '../regimes/definition.ts';
import type { ShadowedRegime } from '../regimes/shadowed.ts';
import type { SeriesTable } from '../store/schema.ts';

/** Which regimes get no bar of stored series, because others take them all: what only the bars tell. */
export interface ShadowLooks {
  /** Of a series, as far as it is known; a host looks for what is not, and tells when it has found some. */
  of(row: SeriesTable, regimes: readonly RegimeDefinition[]): readonly ShadowedRegime[];
  /** What was seen when the series was imported. */
  tell(digest: string, regimes: readonly RegimeDefinition[], shadowed: readonly ShadowedRegime[]): void;
}

interface ShadowLooksDeps {
  /** Reads the bars of a stored series and looks at them. */
  readonly look: (
    row: SeriesTable,
    regimes: readonly RegimeDefinition[],
  ) => Promise<readonly ShadowedRegime[]>;
  /** Some were found that were not known when they were asked for. */
  readonly onFound: () => void;
  /** False where nobody waits for it: a command has ended by then. */
  readonly looksLater: boolean;
}

/** Kept in memory, of the rules of today alone: they are found anew in a moment, and rules change. */
export function createShadowLooks({ look, onFound, looksLater }: ShadowLooksDeps): ShadowLooks {
  let asked: { readonly regimes: readonly RegimeDefinition[]; readonly digest: string } = {
    regimes: [],
    digest: '',
  };
  const known = new Map<string, readonly ShadowedRegime[]>();
  const wanted = new Map<string, SeriesTable>();
  let isLooking = false;

  function turnTo(regimes: readonly RegimeDefinition[]): void {
    const digest = regimesDigest(regimes);
    if (digest === asked.digest) return;
    asked = { regimes, digest };
    known.clear();
    wanted.clear();
  }

  /** One series after the other: a user's own questions come between. */
  async function lookThrough(): Promise<void> {
    let found = false;
    // Those that are asked for meanwhile are visited, too.
    for (const [digest, row] of wanted) {
      const by = asked;
      // A file that can't be read is told of by whoever trains on it or verifies it.
      const shadowed = await look(row, by.regimes).catch(() => []);
      if (by !== asked) continue;
      wanted.delete(digest);
      known.set(digest, shadowed);
      found ||= shadowed.length > 0;
    }
    if (found) onFound();
  }

  return {
    of(row, regimes) {
      turnTo(regimes);
      const shadowed = known.get(row.digest);
      if (shadowed !== undefined) return shadowed;
      if (!looksLater) return [];
      wanted.set(row.digest, row);
      if (!isLooking) {
        isLooking = true;
        void lookThrough().finally(() => {
          isLooking = false;
        });
      }
      return [];
    },

    tell(digest, regimes, shadowed) {
      turnTo(regimes);
      known.set(digest, shadowed);
    },
  };
}
