import type { Call } from '../../engine/contract/api/index.ts';
import type { Client } from '../client/client.ts';

let bound: Client | undefined;

/** The client that this window uses; set once, before the first render. */
export function bindClient(client: Client): void {
  bound = client;
}

export function client(): Client {
  if (bound === undefined) throw new Error('The renderer uses its client before main.tsx has bound it.');
  return bound;
}

/** Calls a method of the engine; rejects with an `EngineError`. */
export const call: Call = (method, input) => client().call(method, input);
