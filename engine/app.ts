import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { unpackBackup } from './backup/restore.ts';
import { finishRestore, switchOver } from './backup/switch.ts';
import type { Call } from './contract/api/index.ts';
import type { BackupDto } from './contract/dto/index.ts';
import { EngineError } from './contract/errors.ts';
import type { EngineEvent, EventListener } from './contract/events.ts';
import { type EngineOptions, openWorkspace } from './open-workspace.ts';

export type { EngineOptions } from './open-workspace.ts';

export interface Engine {
  readonly workspace: string;
  readonly call: Call;
  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void;
  /** Whether this process is training. */
  isTraining(): boolean;
  /** Pauses what this process trains, saves it, and closes the workspace. */
  close(): Promise<void>;
}

/**
 * Opens a workspace; an interrupted restore is ended first. Throws the errors of the configuration and the database before
 * anything else is written.
 */
export function createEngine(options: EngineOptions): Engine {
  const workspace = resolve(options.workspace);
  if (existsSync(workspace) && !statSync(workspace).isDirectory()) {
    throw new EngineError('invalid-input', `The workspace ${workspace} is a file; it must be a folder.`);
  }
  const listeners = new Set<EventListener>();
  const emit = (event: EngineEvent) => {
    for (const listener of listeners) listener(event);
  };
  const open = () => openWorkspace(workspace, options, { emit, restore });
  finishRestore(workspace);
  let current = open();

  async function restore(file: string): Promise<BackupDto> {
    if (current.isTraining()) {
      throw new EngineError('conflict', 'A queue is training. Pause it before a backup is restored.');
    }
    const restored = await unpackBackup(file, workspace);
    await current.close();
    try {
      switchOver(workspace, (options.now ?? Date.now)());
    } finally {
      current = open();
    }
    for (const what of ['series', 'regimes', 'settings', 'champions'] as const) {
      emit({ type: 'workspace.changed', what });
    }
    return restored;
  }

  return {
    workspace,
    call: (method, input) => current.call(method, input),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isTraining: () => current.isTraining(),
    close: () => current.close(),
  };
}
