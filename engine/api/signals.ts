import type { Handlers } from '../contract/api/index.ts';
import { modelName } from '../contract/model-name.ts';
import type { Forward } from '../live/forward/forward.ts';
import type { Signals } from '../live/signals.ts';

export function signalHandlers(
  signals: Signals,
  forward: Forward,
): Pick<Handlers, 'signals.list' | 'forward.list' | 'forward.show'> {
  return {
    'signals.list': (only) => signals.list(only),
    'forward.list': () => forward.list(),
    'forward.show': ({ name, version }) => forward.show(modelName(name), version),
  };
}
