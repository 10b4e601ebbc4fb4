import type {
  JournalEntryDto,
  ModelNameDto,
  TenureDto,
  VersionDto,
} from '../../../engine/contract/dto/index.ts';
import { bytes, decimal, minute, table } from './format.ts';

/** All names: who is in charge of each, since when, and what waits. */
export function namesText(names: readonly ModelNameDto[]): string {
  if (names.length === 0) {
    return 'Nothing is registered yet: `regimen production register CHAMPION` makes a version of a champion.';
  }
  return table(
    ['name', 'production', 'since', 'expires', 'candidate', 'previous', 'versions'],
    names.map(({ name, production, since, aliases, versions }) => {
      const current = versions.find(({ version }) => version === production);
      return [
        name,
        production ?? 'nobody',
        since === null ? '–' : minute(since),
        current === undefined ? '–' : expiryText(current),
        aliases.candidate ?? '–',
        aliases.previous ?? '–',
        String(versions.length),
      ];
    }),
    ['versions'],
  );
}

function expiryText({ expiresAt, isExpired }: VersionDto): string {
  return isExpired ? `expired ${expiresAt.slice(0, 10)}` : expiresAt.slice(0, 10);
}

/** A name with its versions; `version`: that one in full. */
export function nameText(name: ModelNameDto, version?: string): string {
  const rows = name.versions.map((one) => [
    one.version,
    one.stage,
    one.aliases.join(', ') || '–',
    decimal(one.figures.sharpe),
    one.gate === null ? 'not asked' : one.gate.passed ? 'passed' : 'refused',
    expiryText(one),
    one.title,
  ]);
  const head = `${name.name}: ${name.production === null ? 'nobody is in production' : `version ${name.production} is in production since ${minute(name.since!)}`}`;
  const list = table(['version', 'stage', 'aliases', 'Sharpe', 'gate', 'expires', 'model'], rows, ['Sharpe']);
  const one = name.versions.find((of) => of.version === version);
  return [head, '', list, ...(one === undefined ? [] : ['', versionText(one)])].join('\n');
}

export function versionText(version: VersionDto): string {
  const { name, trained, asOf, run, champion, parent, sha256, update } = version;
  return [
    `${name}, version ${version.version}: ${version.stage}`,
    `  model      ${version.title}`,
    `  made of    ${champion === null ? `run ${run}` : `champion ${champion} (run ${run})`}`,
    `  trained    ${minute(trained.from)} to ${minute(trained.to)} on ${trained.bars} bars; newest bar ${minute(asOf)}`,
    `  parent     ${parent ?? 'none'}`,
    ...(update === null ? [] : [`  update     ${update.text}; number ${update.number} since it was fitted`]),
    `  expires    ${expiryText(version)}`,
    `  artifact   models/${name}/model_${version.version}.bin, ${bytes(version.bytes)}, SHA-256 ${sha256}`,
    ...(version.gate?.refusal == null ? [] : [`  gate       ${version.gate.refusal}`]),
  ].join('\n');
}

export function journalText(entries: readonly JournalEntryDto[]): string {
  if (entries.length === 0) return 'Nothing was done yet.';
  return table(
    ['at', 'name', 'what', 'from', 'to', 'by', 'skipped', 'reason'],
    entries.map((one) => [
      minute(one.at),
      one.name,
      one.action === 'alias moved' ? `alias ${one.alias}` : one.action,
      one.from ?? '–',
      one.to ?? '–',
      one.by,
      one.skipped.join(', ') || '–',
      one.reason ?? '–',
    ]),
  );
}

export function tenuresText(at: string, all: readonly TenureDto[]): string {
  if (all.length === 0) return `Nobody was in production on ${at}.`;
  return table(
    ['name', 'version', 'from', 'until'],
    all.map(({ name, version, from, until }) => [
      name,
      version,
      minute(from),
      until === null ? 'now' : minute(until),
    ]),
  );
}
