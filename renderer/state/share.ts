/**
 * `next` with every part that equals the same part of `before` replaced by that one, so that what did not change keeps
 * its identity and is not drawn again. Both are JSON, and neither is modified. Entries of a list that have an `id` are
 * compared with the entry that had it, wherever that stood.
 */
export function shareStructure<T>(before: unknown, next: T): T {
  if (Array.isArray(before) && Array.isArray(next)) return shareList(before, next) as T;
  if (!isObject(before) || !isObject(next)) return next;
  const keys = Object.keys(next);
  let same = Object.keys(before).length === keys.length;
  const shared = Object.fromEntries(
    keys.map((key) => {
      const part = shareStructure(before[key], next[key]);
      same &&= Object.is(part, before[key]);
      return [key, part];
    }),
  );
  return (same ? before : shared) as T;
}

function shareList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const known = new Map(before.filter(hasId).map((entry) => [entry.id, entry]));
  const shared = next.map((entry, index) =>
    shareStructure(hasId(entry) ? known.get(entry.id) : before[index], entry),
  );
  const same =
    shared.length === before.length && shared.every((entry, index) => Object.is(entry, before[index]));
  return same ? before : shared;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasId(value: unknown): value is { readonly id: unknown } {
  return isObject(value) && Object.hasOwn(value, 'id');
}
