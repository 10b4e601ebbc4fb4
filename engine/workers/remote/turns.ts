/** So many may be at work at a time; others wait, in the order in which they came. */
export interface Turns {
  /** Resolves with true once it is somebody's turn, who is to say when it is over; with false when `away` is aborted before that. */
  next(away: AbortSignal): Promise<boolean>;
  over(): void;
}

export function createTurns(places: number): Turns {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    next(away) {
      if (away.aborted) return Promise.resolve(false);
      if (free > 0) {
        free--;
        return Promise.resolve(true);
      }
      const { promise, resolve } = Promise.withResolvers<boolean>();
      function take(): void {
        away.removeEventListener('abort', leave);
        resolve(true);
      }
      function leave(): void {
        waiting.splice(waiting.indexOf(take), 1);
        resolve(false);
      }
      waiting.push(take);
      away.addEventListener('abort', leave, { once: true });
      return promise;
    },
    over() {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    },
  };
}
