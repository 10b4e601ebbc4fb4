import type { Engine } from '../../engine/app.ts';
import { createEventBatches } from '../host/event-batches.ts';
import type { PresentState } from '../host/present-state.ts';

/** A reader this far behind is cut off; it connects again and fetches the present state. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;
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
  const batches = createEventBatches((events) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.close(TRY_AGAIN_LATER, 'too slow');
    else socket.send(JSON.stringify(events));
  });
  for (const event of present.events()) batches.add(event);
  const unsubscribe = engine.subscribe(batches.add);
  socket.on('close', () => {
    unsubscribe();
    batches.close();
  });
  // Events go one way; whoever sends something here is no client of ours.
  socket.on('message', () => socket.close(POLICY_VIOLATION, 'nothing is read here'));
  socket.on('error', () => socket.terminate());
}
