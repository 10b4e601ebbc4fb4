import type { Call } from '../../engine/contract/api/index.ts';
import type { NativeBridge } from '../../engine/contract/bridge.ts';
import type { EventListener } from '../../engine/contract/events.ts';

/** `lost`: the host can't be reached; the client keeps trying. `refused`: it was started again, and asks for its new link. */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

/** The one way from the renderer to the engine, whichever host stands behind it. */
export interface Client {
  readonly kind: 'electron' | 'browser';
  /** Rejects with an `EngineError`, never with anything else. */
  readonly call: Call;
  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void;
  /** Tells the state at once and at every change; returns the function that ends it. */
  onConnection(listener: (connection: Connection) => void): () => void;
  /** Of a host that may go and come back: when it is tried next (ms since 1970-01-01 UTC; null: not by itself), and to try now. */
  readonly retry?: { at(): number | null; now(): void };
  /** Hands a file that the user chose or dropped to the host; resolves to a path that Api methods accept. */
  hostFile(file: File): Promise<string>;
  /** Brings a file that the engine wrote to the user: shows it in its folder, or downloads it. */
  reveal(file: string): Promise<void>;
  /** Dialogs and menu of a desktop window; absent in a browser. */
  readonly native?: NativeBridge;
}
