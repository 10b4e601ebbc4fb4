import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { ApiResults, Method, RawInput } from '../../engine/contract/api/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call } from './client.ts';
import { toEngineError } from './errors.ts';
import { shareStructure } from './share.ts';
import { METHOD_TOPICS, useRevisions } from './topics.ts';

/** Least time between two refreshes that events ask for. */
const REFRESH_MS = 1000;

export interface Query<T> {
  /** The last answer; kept while a newer one is under way and when that fails, so that nothing jumps. */
  readonly data: T | undefined;
  readonly error: EngineError | undefined;
  /** An answer to the present input is under way and there is none yet. */
  readonly loading: boolean;
  refresh(): void;
}

/**
 * Asks the engine and asks again when the answer becomes stale: when the input changes, when a topic of the method moves
 * on (at most once a second), or on `refresh`. With `null` as input nothing is asked. Answers that come too late for
 * their input are dropped.
 */
export function useCall<M extends Method>(method: M, input: RawInput<M> | null): Query<ApiResults[M]> {
  const key = input === null ? null : JSON.stringify(input);
  const revision = useRevisions((revisions) =>
    (METHOD_TOPICS[method] ?? []).reduce((sum, topic) => sum + revisions[topic], 0),
  );
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<{
    readonly key: string | null;
    readonly data?: ApiResults[M];
    readonly error?: EngineError;
  }>({ key: null });
  const last = useRef({ key: null as string | null, at: Number.NEGATIVE_INFINITY, busy: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` and `asked` are reasons to ask again.
  useEffect(() => {
    if (key === null) return;
    const sameInput = last.current.key === key;
    const wait = sameInput ? Math.max(0, last.current.at + REFRESH_MS - performance.now()) : 0;
    const handle = setTimeout(() => {
      const turn = ++last.current.busy;
      last.current.key = key;
      last.current.at = performance.now();
      const settle = (outcome: { data: ApiResults[M] } | { error: EngineError }) => {
        if (turn !== last.current.busy) return;
        // What a large answer changes is drawn in slices, between which a key or click has its turn.
        startTransition(() =>
          setState((s) =>
            'data' in outcome
              ? { key, data: shareStructure(s.data, outcome.data) }
              : { ...s, key, error: outcome.error },
          ),
        );
      };
      call(method, JSON.parse(key) as RawInput<M>).then(
        (data) => settle({ data }),
        (error: unknown) => settle({ error: toEngineError(error) }),
      );
    }, wait);
    return () => clearTimeout(handle);
  }, [method, key, revision, asked]);

  const refresh = useCallback(() => {
    last.current.at = Number.NEGATIVE_INFINITY;
    setAsked((n) => n + 1);
  }, []);

  return {
    data: state.data,
    error: state.key === key ? state.error : undefined,
    loading: key !== null && state.key !== key,
    refresh,
  };
}
