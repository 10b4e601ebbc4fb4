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

export function setGeneration(store: Store, generation: number): void {
  store.run(sqlBuilder.updateTable('workspace').set({ generation }));
}
