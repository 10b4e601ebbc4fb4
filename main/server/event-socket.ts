import type { Engine } from '../../engine/app.ts';
import type { EngineEvent } from '../../engine/contract/events.ts';
import { createEventBatches } from '../host/event-batches.ts';
import type { PresentState } from '../host/present-state.ts';

/** A reader this far behind is cut off; it connects again and fetches the present state. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;
/** Something is sent at least this often, so that a browser knows that the server is there. */
const SIGN_OF_LIFE_MS = 1000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

/** What is used of a WebSocket; its library has no types of its own. */
export interface EventSocket {
  readonly OPEN: number;
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'close' | 'message' | 'error', listener: () => void): unknown;
}

/** Streams the engine's events to one socket, in batches, as long as it is open; what is going on now comes first. */
export function streamEvents(
  engine: Pick<Engine, 'subscribe'>,
  present: Pick<PresentState, 'events'>,
  socket: EventSocket,
): void {
  let isQuiet = true;
  const deliver = (events: readonly EngineEvent[]) => {
    if (socket.readyState !== socket.OPEN) return;
    isQuiet = false;
    if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.close(TRY_AGAIN_LATER, 'too slow');
    else socket.send(JSON.stringify(events));
  };
  const batches = createEventBatches(deliver);
  const life = setInterval(() => {
    if (isQuiet) deliver([]);
    isQuiet = true;
  }, SIGN_OF_LIFE_MS);
  for (const event of present.events()) batches.add(event);
  const unsubscribe = engine.subscribe(batches.add);
  socket.on('close', () => {
    clearInterval(life);
    unsubscribe();
    batches.close();
  });
  // Events go one way; whoever sends something here is no client of ours.
  socket.on('message', () => socket.close(POLICY_VIOLATION, 'nothing is read here'));
  socket.on('error', () => socket.terminate());
}
