import type { Handlers } from '../contract/api/index.ts';
import type { Alerts } from '../live/alerts/alerts.ts';

type AlertMethod = Extract<keyof Handlers, `alert.${string}`>;

export function alertHandlers(alerts: Alerts): Pick<Handlers, AlertMethod> {
  return {
    'alert.list': () => alerts.list(),
    'alert.add': (input) => alerts.add(input),
    'alert.remove': ({ name }) => ({ removed: alerts.remove(name) }),
    async 'alert.test'({ name }) {
      await alerts.test(name);
      return { sent: true };
    },
    'alert.retry': () => ({ waiting: alerts.retry() }),
  };
}
