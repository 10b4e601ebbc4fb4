import type { Handlers } from '../contract/api/index.ts';
import type { SurvivalEdits } from '../queue/survival-edits.ts';
import type { SurvivalRegistry } from '../registry/survival.ts';

type SurvivalMethod = Extract<keyof Handlers, `survival.${string}`>;

export function survivalHandlers(
  edits: SurvivalEdits,
  registry: SurvivalRegistry,
): Pick<Handlers, SurvivalMethod> {
  return {
    'survival.rows': ({ minCompositeScore }) => edits.rows(minCompositeScore),
    'survival.train': async ({ enqueue, ...options }) => ({
      queueId: edits.insert(await edits.prepare(options), enqueue),
    }),
    'survival.update': async ({ version, enqueue }) => ({
      queueId: edits.insert(await edits.prepareUpdate(version), enqueue),
    }),
    'survival.list': () => registry.list(),
    'survival.get': ({ version }) => registry.get(version),
    'survival.gate': ({ version }) => registry.gate(version),
    'survival.promote': ({ version, force, reason }) =>
      registry.promote(version, { force, reason: reason ?? null }),
    'survival.rollback': ({ version, reason }) => registry.rollback(version, reason ?? null),
    'survival.retire': ({ reason }) => ({ version: registry.retire(reason ?? null) }),
    'survival.journal': () => registry.journal(),
  };
}
