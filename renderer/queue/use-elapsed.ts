import { useEffect, useState } from 'react';
import type { QueueDto } from '../../engine/contract/dto/index.ts';
import { isActive } from '../state/index.ts';

const TICK_MS = 1000;

/** Seconds that a queue was trained. While it is, they run on between what the engine tells. */
export function useElapsed(queue: Pick<QueueDto, 'state' | 'seconds'>): number {
  const runs = isActive(queue);
  const [told, setTold] = useState(() => ({ seconds: queue.seconds, runs, at: performance.now() }));
  const [now, setNow] = useState(told.at);
  if (told.seconds !== queue.seconds || told.runs !== runs) {
    const at = performance.now();
    setTold({ seconds: queue.seconds, runs, at });
    setNow(at);
  }
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return runs ? told.seconds + Math.max(0, now - told.at) / 1000 : queue.seconds;
}
