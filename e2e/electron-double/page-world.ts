/**
 * Runs in the page before its own scripts: rebuilds what preload exposed. Calls are synchronous requests, as a call over
 * Electron's bridge is synchronous too. Must not refer to anything outside itself: Playwright sends it as text.
 */
export function buildBridge({ shape, gate }: { readonly shape: unknown; readonly gate: string }): void {
  const callbacks = new Map<number, (...args: unknown[]) => void>();
  let lastCallback = 0;

  function ask(question: object): { value?: unknown; promise?: number; function?: number; error?: string } {
    const request = new XMLHttpRequest();
    request.open('POST', gate, false);
    request.send(JSON.stringify(question));
    return JSON.parse(request.responseText);
  }
  function settle(answer: ReturnType<typeof ask>): unknown {
    if (answer.error !== undefined) throw new Error(answer.error);
    if (answer.promise !== undefined) {
      return fetch(gate, { method: 'POST', body: JSON.stringify({ settled: answer.promise }) })
        .then((response) => response.json())
        .then(settle);
    }
    if (answer.function !== undefined) return () => ask({ returned: answer.function });
    return answer.value;
  }
  function rebuild(value: unknown, path: readonly string[]): unknown {
    if (value === '\u0000function') {
      return (...args: unknown[]) => {
        const sent = args.map((argument) => {
          if (typeof argument !== 'function') return argument;
          callbacks.set(++lastCallback, argument as () => void);
          return { callback: lastCallback };
        });
        return settle(ask({ path, args: sent }));
      };
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, rebuild(member, [...path, key])]),
    );
  }

  for (const [key, member] of Object.entries(shape as object)) {
    Object.defineProperty(window, key, { value: rebuild(member, [key]) });
  }
  Object.defineProperty(window, '__callBack', {
    value: (callback: number, args: unknown[]) => callbacks.get(callback)?.(...args),
  });
}
