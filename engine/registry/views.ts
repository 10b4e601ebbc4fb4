import { configHash } from '../cells/config-hash.ts';
import { describeConfiguration } from '../cells/describe.ts';
import type { Config } from '../config/schema.ts';
import type {
  GateReportDto,
  JournalEntryDto,
  ModelNameDto,
  TenureDto,
  VersionDto,
} from '../contract/dto/index.ts';
import { PRODUCTION_ACTIONS, type Stage } from '../contract/registry.ts';
import { storedJson } from '../contract/stored-json.ts';
import { strategyWords } from '../contract/strategy-words.ts';
import type { Store } from '../store/database.ts';
import {
  type AliasRow,
  type JournalRow,
  listAliases,
  listJournal,
  listVersions,
  type VersionRow,
} from '../store/versions.ts';
import { expiryOf } from './expiry.ts';
import { readManifest, type VersionUpdate } from './manifest.ts';
import { updateText } from './update-text.ts';

export interface ViewDeps {
  readonly store: Store;
  readonly config: () => Config;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/** Names with their versions, by name; `only`: one of them. */
export function modelNames(deps: ViewDeps, only?: string): ModelNameDto[] {
  const { store } = deps;
  const aliases = listAliases(store);
  const journal = listJournal(store, only);
  const byName = Map.groupBy(listVersions(store, only), ({ name }) => name);
  return [...byName].map(([name, versions]) => {
    const own = aliases.filter((row) => row.name === name);
    const lines = journal.filter((row) => row.name === name);
    const { symbol, timeframe, regime } = versions[0]!;
    const production = own.find(({ alias }) => alias === 'production');
    return {
      name,
      symbol,
      timeframe,
      regime,
      aliases: Object.fromEntries(own.map(({ alias, version }) => [alias, version])),
      production: production?.version ?? null,
      since: production === undefined ? null : iso(production.since),
      versions: versions.map((row) => versionDto(deps, row, own, lines)),
    };
  });
}

function versionDto(
  deps: ViewDeps,
  row: VersionRow,
  aliases: readonly AliasRow[],
  journal: readonly JournalRow[],
): VersionDto {
  const manifest = readManifest(row);
  const { configuration, strategy, regime, trained, basis, figures, run, champion, update } = manifest;
  const own = aliases.flatMap(({ alias, version }) => (version === row.version ? [alias] : []));
  const how = strategyWords(strategy);
  const expiresAt = expiryOf(deps, row);
  const gate = journal.findLast(
    ({ to_version, gate: report }) => to_version === row.version && report !== null,
  );
  return {
    name: row.name,
    symbol: row.symbol,
    timeframe: row.timeframe,
    regime,
    version: row.version,
    stage: stageOf(row.version, own, journal),
    aliases: own,
    title: `${describeConfiguration(configuration)}; ${how}`,
    configuration,
    strategy,
    configHash: configHash(configuration),
    run,
    champion,
    parent: row.parent,
    update:
      update === undefined || row.parent === null
        ? null
        : { ...updateDto(update), text: updateText(row.parent, update) },
    trained: { from: trained.from, to: trained.to, bars: trained.bars },
    asOf: basis.as_of,
    bytes: row.bytes,
    sha256: row.sha256,
    createdAt: iso(row.created_at),
    expiresAt: iso(expiresAt),
    isExpired: deps.now() >= expiresAt,
    figures,
    gate: gate === undefined ? null : storedJson<GateReportDto>(gate.gate!, 'the report of a gate'),
  };
}

function stageOf(version: string, aliases: readonly string[], journal: readonly JournalRow[]): Stage {
  if (aliases.includes('production')) return 'Production';
  if (aliases.includes('candidate')) return 'Staging';
  const was = journal.some(
    ({ action, to_version }) => PRODUCTION_ACTIONS.includes(action) && to_version === version,
  );
  return was ? 'Archived' : 'None';
}

function updateDto({ kind, number, bars, rows, trees }: VersionUpdate) {
  return { kind, number, bars, rows: rows ?? null, trees: trees ?? null };
}

/** What was done, first things first. */
export function journalDtos(store: Store, name?: string): JournalEntryDto[] {
  return listJournal(store, name).map((row) => ({
    id: row.id,
    at: iso(row.at),
    name: row.name,
    action: row.action,
    alias: row.alias,
    from: row.from_version,
    to: row.to_version,
    by: row.by,
    reason: row.reason,
    skipped: storedJson<string[]>(row.skipped, 'the journal'),
    gate: row.gate === null ? null : storedJson<GateReportDto>(row.gate, 'the report of a gate'),
  }));
}

/** What was in production when, as the journal has it. */
export function tenures(store: Store, name?: string): TenureDto[] {
  const open = new Map<string, TenureDto>();
  const all: TenureDto[] = [];
  for (const row of listJournal(store, name)) {
    if (!PRODUCTION_ACTIONS.includes(row.action)) continue;
    const at = iso(row.at);
    const before = open.get(row.name);
    if (before !== undefined) all.push({ ...before, until: at });
    open.delete(row.name);
    if (row.to_version !== null) {
      open.set(row.name, { name: row.name, version: row.to_version, from: at, until: null });
    }
  }
  return [...all, ...open.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** What was in production at any time of a stretch, ms since 1970-01-01 UTC; `to` is not part of it. */
export function inProduction(
  store: Store,
  stretch: { from: number; to: number },
  name?: string,
): TenureDto[] {
  return tenures(store, name).filter(
    ({ from, until }) =>
      Date.parse(from) < stretch.to && (until === null || Date.parse(until) > stretch.from),
  );
}

const iso = (ms: number) => new Date(ms).toISOString();
