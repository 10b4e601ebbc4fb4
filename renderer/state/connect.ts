import type { EngineEvent } from '../../engine/contract/events.ts';
import type { Client } from '../client/client.ts';
import { bindClient } from './client.ts';
import { createCoalescer } from './coalesce.ts';
import { mergeEvents } from './merge-events.ts';
import { afterEvents, isActive, loadQueues, useQueues } from './queues.ts';
import { ALL_TOPICS, invalidate, type Topic } from './topics.ts';
import { useUi } from './ui.ts';
import { loadWorkspace, useWorkspace, WORKSPACE_PARTS, type WorkspacePart } from './workspace.ts';

/** Four updates a second: as fast as figures can be read, as slow as a long night allows. */
export const UPDATE_MS = 250;

/** Binds the stores to a client and reads everything once, and again whenever a lost connection is back. */
export function connect(client: Client): () => void {
  bindClient(client);
  const updates = createCoalescer<EngineEvent>(applyEvents, UPDATE_MS);
  const unsubscribe = client.subscribe(updates.push);
  let lost = false;
  const unlisten = client.onConnection((connection) => {
    useUi.setState({ connection });
    if (connection === 'lost' || connection === 'refused') lost = true;
    if (connection === 'open' && lost) {
      lost = false;
      reload();
    }
  });
  reload();
  return () => {
    updates.stop();
    unsubscribe();
    unlisten();
  };
}

function reload(): void {
  void loadWorkspace();
  void loadQueues();
  invalidate(ALL_TOPICS);
}

/** Brings the stores up to date with what happened. */
export function applyEvents(events: readonly EngineEvent[]): void {
  const batch = mergeEvents(events);
  useQueues.setState((state) => afterEvents(state, batch));
  const topics = new Set<Topic>(batch.changed);
  if (batch.queues.size > 0) topics.add('queues');
  if (batch.progress.size > 0) topics.add('runs');
  if (topics.size > 0) invalidate(topics);
  const parts = [...batch.changed].flatMap((what): readonly WorkspacePart[] => {
    if (what === 'looks' || what === 'marks') return ['champions'];
    return (WORKSPACE_PARTS as readonly string[]).includes(what) ? [what as WorkspacePart] : [];
  });
  // A champion's verdict rests on its validations: on whole ones, so that not every fold counts.
  const judged = [...batch.queues.values()].some(
    (queue) => queue !== null && queue.kind === 'walk_forward' && !isActive(queue),
  );
  if (judged) parts.push('champions');
  if (parts.length > 0) void loadWorkspace(partsToRead(parts));
  if (batch.imports.size > 0) {
    useWorkspace.setState(({ imports }) => ({
      imports: new Map([...new Map([...imports, ...batch.imports])].filter(([, share]) => share < 1)),
    }));
  }
}

/** Whether champions are of today's data and rules depends on what changed; what a series costs and lacks, on settings and regimes. */
function partsToRead(changed: readonly WorkspacePart[]): ReadonlySet<WorkspacePart> {
  const series = changed.includes('regimes') || changed.includes('settings') ? (['series'] as const) : [];
  return new Set<WorkspacePart>([...changed, ...series, 'champions']);
}
