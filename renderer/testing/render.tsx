import { MantineProvider } from '@mantine/core';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach } from 'vitest';
import type { Method } from '../../engine/contract/api/index.ts';
import { EngineError } from '../../engine/contract/errors.ts';
import type { Client } from '../client/client.ts';
import { bindClient } from '../state/client.ts';
import { theme } from '../ui/theme.ts';

// What is drawn in slices comes when the processor has time; a wait that succeeds ends as soon as it can.
configure({ asyncUtilTimeout: 10_000 });

/** What jsdom has no layout for; elements are as large as their window. */
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, {
  ResizeObserver: NoObserver,
  matchMedia: (media: string) => ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }),
});
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollIntoView = () => undefined;

afterEach(cleanup);

/** Renders as the window does: with its theme, and menus where they belong. */
export function show(element: ReactElement) {
  const wrapped = (shown: ReactElement) => (
    <MantineProvider theme={theme} env="test">
      {shown}
    </MantineProvider>
  );
  const rendered = render(wrapped(element));
  return { ...rendered, show: (next: ReactElement) => rendered.rerender(wrapped(next)) };
}

export interface AskedCall {
  readonly method: Method;
  readonly input: unknown;
  answer(result: unknown): void;
  refuse(error: EngineError): void;
}

/** Stands in for the host: every call but of what is left `aside` is noted, and waits until the test answers it. */
export function standInHost(...aside: readonly Method[]): AskedCall[] {
  const asked: AskedCall[] = [];
  const client: Pick<Client, 'kind' | 'call'> = {
    kind: 'browser',
    call: (method, input) => {
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      if (!aside.includes(method))
        asked.push({ method, input, answer: (result) => resolve(result as never), refuse: reject });
      return promise;
    },
  };
  bindClient(client as Client);
  return asked;
}

export function refusal(...problems: { path: string; message: string }[]): EngineError {
  return new EngineError('config-invalid', problems.map(({ message }) => message).join('\n'), { problems });
}
