import type { Handlers } from '../contract/api/index.ts';
import type { Tracker } from '../tracking/tracker.ts';

type TrackingMethod = Extract<keyof Handlers, `tracking.${string}`>;

export function trackingHandlers(tracker: Tracker): Pick<Handlers, TrackingMethod> {
  return {
    'tracking.status': () => tracker.status(),
    'tracking.send': () => tracker.send(),
  };
}
