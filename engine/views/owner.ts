import { HOST_KINDS, type HostKind, type OwnerDto } from '../contract/dto/index.ts';
import { storedJson } from '../contract/stored-json.ts';

/** The owner of a queue, as its column has it; those of earlier releases say neither what they are nor since when. @throws EngineError `artifact-damaged` */
export function ownerDto(owner: string | null): OwnerDto | null {
  if (owner === null) return null;
  const { pid, host, kind, since } = storedJson<{
    readonly pid: number;
    readonly host: string;
    readonly kind?: unknown;
    readonly since?: unknown;
  }>(owner, 'the owner of a queue');
  return {
    pid,
    host,
    kind: HOST_KINDS.includes(kind as HostKind) ? (kind as HostKind) : null,
    since: typeof since === 'number' ? new Date(since).toISOString() : null,
    isThis: false,
  };
}

/** `process 4711 on laptop (command line, since 2026-01-05 12:00 UTC)`: for a sentence. */
export function ownerText({ pid, host, kind, since }: OwnerDto): string {
  const more = [kind, since === null ? null : `since ${since.slice(0, 16).replace('T', ' ')} UTC`];
  const known = more.filter((part) => part !== null).join(', ');
  return `process ${pid} on ${host}${known === '' ? '' : ` (${known})`}`;
}
