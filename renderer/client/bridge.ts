import type { Call } from '../../engine/contract/api/index.ts';
import type { Bridge } from '../../engine/contract/bridge.ts';
import { EngineError, fromErrorDto } from '../../engine/contract/errors.ts';
import type { Client } from './client.ts';
import { texts } from './texts.ts';

/** The client of a desktop window, over what preload put there. The host lives as long as the window does. */
export function createBridgeClient(bridge: Bridge): Client {
  const call: Call = async (method, input) => {
    const reply = await bridge.call(method, input);
    if (reply.ok) return reply.value;
    throw fromErrorDto(reply.error);
  };
  return {
    kind: 'electron',
    call,
    subscribe: (listener) =>
      bridge.subscribe((events) => {
        for (const event of events) listener(event);
      }),
    onConnection(listener) {
      listener('open');
      return () => {};
    },
    hostFile: async (file) => bridge.native.droppedFile(file),
    async reveal(file) {
      if (!(await bridge.native.showInFolder(file))) {
        throw new EngineError('not-found', texts.fileIsNoLongerThere({ file }), { file });
      }
    },
    native: bridge.native,
  };
}
