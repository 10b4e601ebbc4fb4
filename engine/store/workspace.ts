import { type Reader, type Store, sqlBuilder } from './database.ts';

export interface WorkspaceIdentity {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** How often it began to train. */
  readonly generation: number;
}

export function workspaceIdentity(store: Reader): WorkspaceIdentity {
  return store.first(sqlBuilder.selectFrom('workspace').select(['id', 'generation']))!;
}

/** Begins a generation that is newer than any other that is known of. */
export function nextGeneration(store: Store, known: readonly number[]): WorkspaceIdentity {
  const { id, generation } = workspaceIdentity(store);
  const next = Math.max(generation, ...known) + 1;
  store.run(sqlBuilder.updateTable('workspace').set({ generation: next }));
  return { id, generation: next };
}
