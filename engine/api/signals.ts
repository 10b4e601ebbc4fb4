import type { Handlers } from '../contract/api/index.ts';
import type { Signals } from '../live/signals.ts';

export function signalHandlers(signals: Signals): Pick<Handlers, 'signals.list'> {
  return { 'signals.list': (only) => signals.list(only) };
}
