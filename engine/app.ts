import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { unpackBackup } from './backup/restore.ts';
import { assertNotBeingRestored, discardUnpacked, finishRestore, switchOver } from './backup/switch.ts';
import type { ReadingCall } from './contract/api/effects.ts';
import type { Call } from './contract/api/index.ts';
import type { BackupDto } from './contract/dto/index.ts';
import { EngineError } from './contract/errors.ts';
import type { EngineEvent, EventListener } from './contract/events.ts';
import { type EngineOptions, type HostSide, type OpenWorkspace, openWorkspace } from './workspace/open.ts';

export type { EngineOptions } from './workspace/open.ts';

export interface Engine extends HostSide {
  readonly workspace: string;
  readonly call: Call;
  /** What somebody who looks at the workspace should know about its files. */
  notes(): readonly string[];
  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void;
  /** Whether this process is training. */
  isTraining(): boolean;
  /** Pauses what this process trains, saves it, and closes the workspace. */
  close(): Promise<void>;
}

/** An engine that is only looked at; any is one. */
export interface ReadingEngine extends Pick<Engine, 'workspace'> {
  readonly call: ReadingCall;
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
  if (options.role === 'reader') assertNotBeingRestored(workspace);
  else finishRestore(workspace);
  let current = open();
  /** Calls that the workspace is at work on. */
  const underWay = new Set<Promise<unknown>>();
  /** The restore that is being done, from its call to its end. */
  let restoring: Promise<BackupDto> | undefined;
  /** The last part of it, in which there is no open workspace: calls wait for its end. */
  let switching: Promise<void> | undefined;

  const call: Call = async (method, input) => {
    while (switching !== undefined) await switching;
    const answer = current.call(method, input);
    // A restore waits for all the others.
    if (method === 'backup.restore') return answer;
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };

  function restore(file: string): Promise<BackupDto> {
    if (restoring !== undefined) {
      throw new EngineError('conflict', 'A backup is being restored already. Wait until that is done.');
    }
    restoring = restoreFrom(file).finally(() => {
      restoring = undefined;
    });
    return restoring;
  }

  async function restoreFrom(file: string): Promise<BackupDto> {
    assertNotTraining();
    const restored = await unpackBackup(file, workspace);
    const { promise, resolve } = Promise.withResolvers<void>();
    switching = promise;
    try {
      await switchTo();
    } finally {
      switching = undefined;
      resolve();
    }
    for (const what of ['series', 'regimes', 'settings', 'champions'] as const) {
      emit({ type: 'workspace.changed', what });
    }
    return restored;
  }

  /** Closes the workspace when what is under way in it is done, puts what is unpacked in its place, and opens that. */
  async function switchTo(): Promise<void> {
    try {
      assertNotTraining();
      await Promise.allSettled(underWay);
      // One of them may have started a queue.
      assertNotTraining();
    } catch (error) {
      discardUnpacked(workspace);
      throw error;
    }
    await current.close();
    try {
      switchOver(workspace, (options.now ?? Date.now)());
    } finally {
      current = reopened();
    }
  }

  /** What can't be opened answers every call with the reason. */
  function reopened(): OpenWorkspace {
    try {
      return open();
    } catch (error) {
      const refuse = () => Promise.reject(error);
      const nothing = () => undefined;
      const asleep = { suspend: nothing, wake: async () => undefined, saveNow: nothing };
      const isTraining = () => false;
      const nobody = { report: nothing, tokenOwner: () => undefined };
      current = { call: refuse, notes: () => [], isTraining, ...asleep, ...nobody, close: asleep.wake };
      throw error;
    }
  }

  function assertNotTraining(): void {
    if (!current.isTraining()) return;
    throw new EngineError('conflict', 'A queue is training. Pause it before a backup is restored.');
  }

  return {
    workspace,
    call,
    notes: () => current.notes(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isTraining: () => current.isTraining(),
    suspend: () => current.suspend(),
    wake: () => current.wake(),
    saveNow: (message) => current.saveNow(message),
    report: (level, message, fields) => current.report(level, message, fields),
    tokenOwner: (token) => current.tokenOwner(token),
    async close() {
      await restoring?.catch(() => undefined);
      await current.close();
    },
  };
}
