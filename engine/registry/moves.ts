import { withSplit } from '../config/split.ts';
import type { GateReportDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { OWN_ALIASES, PRODUCTION_ACTIONS } from '../contract/registry.ts';
import { dayText } from '../market/time/time-text.ts';
import type { Store } from '../store/database.ts';
import { beginForwardTest, endForwardTests } from '../store/forward.ts';
import { longestHistory } from '../store/longest-history.ts';
import { spendLook } from '../store/looks.ts';
import {
  aliasOf,
  insertJournal,
  type JournalRow,
  listAliases,
  listJournal,
  listVersions,
  noVersions,
  requireVersion,
  setAlias,
} from '../store/versions.ts';
import type { RegistryDeps } from './deps.ts';
import { readManifest } from './manifest.ts';

const DAY_MS = 86_400_000;
const SAYS = { source: 'registry/moves:finish', topic: 'model' } as const;

/** Why a version is put in charge, and what was asked of it before. */
export interface Reason {
  readonly reason: string | null;
  readonly skipped: readonly string[];
  readonly gate: GateReportDto | null;
}

export interface Moves {
  /**
   * Puts a version in charge; what was is `previous`. One transaction, with its line in the journal and the look at the holdout that it
   * learned from; the file `production` follows. @throws EngineError `not-found`, `conflict` where it is in charge, `artifact-damaged`
   */
  promote(name: string, version: string, why: Reason): void;
  /** The same move backwards: to `previous`, or to any version. @throws as `promote` */
  rollback(name: string, version: string | undefined, reason: string | null): string;
  /** Leaves nobody in charge; returns who was. @throws EngineError `conflict` where nobody is */
  retire(name: string, reason: string | null): string;
  /** Points a free alias to a version; null: takes it away. @throws EngineError `conflict` for an alias that the registry moves */
  alias(name: string, alias: string, version: string | null): void;
  /** Has the files `production` say what the database says: a crash may have come in between. */
  reconcile(): void;
}

export function createMoves(deps: RegistryDeps): Moves {
  const { store, files, feed, emit, by, now, onStep } = deps;

  type Line = Pick<JournalRow, 'action' | 'alias' | 'from_version' | 'to_version' | 'reason'>;
  const write = (name: string, at: number, line: Line, why?: Reason) =>
    insertJournal(store, {
      at,
      name,
      ...line,
      by,
      skipped: JSON.stringify(why?.skipped ?? []),
      gate: why?.gate == null ? null : JSON.stringify(why.gate),
    });

  /** What the database says now, in a transaction: whoever moves the alias next writes the file after this. */
  function nameProduction(name: string): void {
    store.transaction(() => {
      const version = aliasOf(store, name, 'production') ?? null;
      if ((files.production(name) ?? null) !== version) files.setProduction(name, version);
    });
  }

  function finish(name: string, message: string): void {
    onStep?.('alias moved');
    nameProduction(name);
    onStep?.('production named');
    feed.info(null, message, SAYS);
    emit({ type: 'workspace.changed', what: 'registry' });
  }

  function putInCharge(name: string, version: string, action: 'promoted' | 'rolled back', why: Reason): void {
    const row = requireVersion(store, name, version);
    // Nothing is put in charge that can't be used.
    files.read(name, version, row.sha256);
    store.transaction(() => {
      const from = aliasOf(store, name, 'production') ?? null;
      if (from === version) {
        throw new EngineError('conflict', `Version ${version} of ${name} is in production already.`);
      }
      const at = now();
      setAlias(store, { name, alias: 'production', version, since: at });
      if (from !== null) setAlias(store, { name, alias: 'previous', version: from, since: at });
      if (aliasOf(store, name, 'candidate') === version) {
        setAlias(store, { name, alias: 'candidate', version: null, since: at });
      }
      const moved = { alias: 'production', from_version: from, to_version: version };
      write(name, at, { action, ...moved, reason: why.reason }, why);
      endForwardTests(store, name, at);
      beginForwardTest(store, { name, version, symbol: row.symbol, timeframe: row.timeframe, at });
      // Of one that was in charge before it is spent.
      if (action === 'promoted' || why.skipped.length > 0) spendLookOf(deps, name, version, at);
    });
    finish(name, `${name}: version ${version} is in production (${action})`);
  }

  return {
    promote: (name, version, why) => putInCharge(name, version, 'promoted', why),

    rollback(name, version, reason) {
      const target = version ?? aliasOf(store, name, 'previous');
      if (target === undefined) throw nothingBefore(store, name);
      // One that never was in charge comes there without the gate: what that would have asked is left out.
      const skipped = wasInCharge(store, name, target) ? [] : UNASKED;
      putInCharge(name, target, 'rolled back', { reason, skipped, gate: null });
      return target;
    },

    retire(name, reason) {
      const from = store.transaction(() => {
        const version = aliasOf(store, name, 'production');
        if (version === undefined) throw nobody(store, name);
        const at = now();
        setAlias(store, { name, alias: 'production', version: null, since: at });
        setAlias(store, { name, alias: 'previous', version, since: at });
        endForwardTests(store, name, at);
        write(name, at, {
          action: 'retired',
          alias: 'production',
          from_version: version,
          to_version: null,
          reason,
        });
        return version;
      });
      finish(name, `${name}: version ${from} is retired; nobody is in production`);
      return from;
    },

    alias(name, alias, version) {
      if ((OWN_ALIASES as readonly string[]).includes(alias)) {
        throw new EngineError(
          'conflict',
          `The alias ${alias} is moved by register, promote, rollback and retire alone. Choose another name.`,
        );
      }
      if (version !== null) requireVersion(store, name, version);
      store.transaction(() => {
        const from = aliasOf(store, name, alias) ?? null;
        if (from === null && version === null) {
          throw new EngineError('not-found', `${name} has no alias ${alias}.`);
        }
        const at = now();
        setAlias(store, { name, alias, version, since: at });
        const moved = { alias, from_version: from, to_version: version };
        write(name, at, { action: 'alias moved', ...moved, reason: null });
      });
      emit({ type: 'workspace.changed', what: 'registry' });
    },

    reconcile() {
      const meant = new Map(
        listAliases(store).flatMap(({ name, alias, version }) =>
          alias === 'production' ? [[name, version] as const] : [],
        ),
      );
      for (const name of new Set([...files.names(), ...meant.keys()])) {
        const version = meant.get(name);
        // A model that is lost is for a backup, or a person, to put right.
        if (version !== undefined && !files.has(name, version)) continue;
        if (files.production(name) === version) continue;
        try {
          nameProduction(name);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          feed.warn(null, `${name}: which version is in production can't be written: ${error.message}`, SAYS);
        }
      }
    },
  };
}

/** A version has learned from the holdout: once it is in charge, the market's is no test any more. */
function spendLookOf({ store, config, by }: RegistryDeps, name: string, version: string, at: number): void {
  const row = requireVersion(store, name, version);
  const { basis } = readManifest(row);
  const to = Date.parse(basis.as_of);
  const from = to - withSplit(config(), () => longestHistory(store)).evaluation.holdout_days * DAY_MS;
  const { symbol, timeframe } = row;
  spendLook(store, {
    symbol,
    timeframe,
    holdout_from: from,
    holdout_to: to,
    opened_at: at,
    opened_by: by,
    opened_for: `promotion of ${name} ${version}`,
  });
}

/** All that the gate asks, by its names in the journal. */
const UNASKED = ['validation', 'thresholds', 'verdict', 'comparison'];

function wasInCharge(store: Store, name: string, version: string): boolean {
  return listJournal(store, name).some(
    ({ action, to_version }) => PRODUCTION_ACTIONS.includes(action) && to_version === version,
  );
}

function nothingBefore(store: Store, name: string): EngineError {
  const all = listVersions(store, name);
  if (all.length === 0) return noVersions(store, name);
  const listed = all.slice(-12).map(({ version, created_at }) => `${version} (${dayText(created_at)})`);
  return new EngineError(
    'conflict',
    `Nothing was in production at ${name} before. Name a version to roll back to: ${listed.join(', ')}.`,
  );
}

function nobody(store: Store, name: string): EngineError {
  if (listVersions(store, name).length === 0) return noVersions(store, name);
  return new EngineError('conflict', `Nobody is in production at ${name}: there is nothing to retire.`);
}
