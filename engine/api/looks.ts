import type { Basis } from '../binding/basis.ts';
import type { Handlers, Input } from '../contract/api/index.ts';
import { findChampion, referencesOf } from '../contract/champion-reference.ts';
import type { HostKind, LookDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { storedJson } from '../contract/stored-json.ts';
import type { Timeframe } from '../contract/timeframe.ts';
import type { Feed } from '../log/feed.ts';
import { type ListedChampion, listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { newestBases, spendLook } from '../store/looks.ts';
import { requireRun } from '../store/runs.ts';
import { scoredRun } from '../store/scored-runs.ts';
import { holdoutLooks, holdoutOf, type Judged } from '../views/holdout.ts';
import { basisOf } from '../views/run-detail.ts';

export interface LookDeps {
  readonly store: Store;
  readonly feed: Feed;
  readonly emit: EventListener;
  /** What the process is that the look is spent in. */
  readonly hostKind: HostKind;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Whose holdout is opened. */
interface Place extends Judged {
  readonly timeframe: Timeframe;
}

export function lookHandlers(deps: LookDeps): Pick<Handlers, 'champions.open'> {
  const { store, feed, emit, now, hostKind } = deps;

  /** Spends the look at one holdout, unless it is spent. */
  function open(place: Place, openedFor: string): LookDto {
    const { symbol, timeframe } = place;
    const known = holdoutLooks(store)(place);
    const { from, to } = holdoutOf(place);
    const at = now();
    const isNew = spendLook(store, {
      symbol,
      timeframe,
      holdout_from: from,
      holdout_to: to,
      opened_at: at,
      opened_by: hostKind,
      opened_for: openedFor,
    });
    if (isNew) {
      const message = `The look at the holdout of ${symbol} ${timeframe} up to ${known.to.slice(0, 10)} is spent.`;
      feed.info(null, message, { source: 'api/looks:open', topic: 'model', symbol, timeframe });
    }
    return {
      symbol,
      timeframe,
      from: known.from,
      to: known.to,
      openedAt: known.opened?.at ?? new Date(at).toISOString(),
      openedBy: known.opened?.by ?? hostKind,
      openedFor,
      isNew,
    };
  }

  return {
    'champions.open'(wanted) {
      const places = placesOf(store, wanted);
      const looks = store.transaction(() => places.map((place) => open(place, nameOf(wanted))));
      if (looks.some(({ isNew }) => isNew)) emit({ type: 'workspace.changed', what: 'looks' });
      return looks;
    },
  };
}

type Wanted = Input<'champions.open'>;

function nameOf({ champion, run }: Wanted): string {
  return champion ?? (run === undefined ? 'all' : `run ${run}`);
}

function placesOf(store: Store, { champion, run, all }: Wanted): Place[] {
  const asked = [champion !== undefined, run !== undefined, all].filter(Boolean).length;
  if (asked !== 1) {
    throw new EngineError(
      'invalid-input',
      'Whose holdout is to be opened? Name a champion (SYMBOL/TIMEFRAME/REGIME), a run (--run), or say --all.',
    );
  }
  if (run !== undefined) {
    const row = requireRun(store, run);
    const { symbol, timeframe, created_at: at } = row;
    return [{ symbol, timeframe, basis: basisOf(row), at }];
  }
  if (champion !== undefined) {
    const rows = listedChampions(store);
    const references = referencesOf(rows);
    const named = rows.map((row, index) => ({ row, champion: references[index]! }));
    return [placeOf(store, findChampion(named, champion).row)];
  }
  return newestPlaces(store);
}

function placeOf(store: Store, row: ListedChampion): Place {
  const { symbol, timeframe, achieved_at: at } = row;
  const json = row.basis ?? scoredRun(store, row.run_id).basis;
  return { symbol, timeframe, basis: storedJson<Partial<Basis>>(json, `the basis of run ${row.run_id}`), at };
}

/** Of each market the holdout that reaches furthest. */
function newestPlaces(store: Store): Place[] {
  const ofRuns = newestBases(store).map(({ symbol, timeframe, basis, created_at: at }): Place => {
    return { symbol, timeframe, basis: storedJson<Partial<Basis>>(basis, `the basis of ${symbol}`), at };
  });
  const newest = new Map<string, Place>();
  for (const place of [...ofRuns, ...listedChampions(store).map((row) => placeOf(store, row))]) {
    const market = `${place.symbol} ${place.timeframe}`;
    const known = newest.get(market);
    if (known === undefined || holdoutOf(place).to > holdoutOf(known).to) newest.set(market, place);
  }
  return [...newest.values()];
}
