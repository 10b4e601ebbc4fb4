import type { Bridge } from '../../engine/contract/bridge.ts';
import { createBridgeClient } from './bridge.ts';
import { createBrowserClient } from './browser.ts';
import type { Client } from './client.ts';
import { keepToken, takeToken } from './token.ts';

export type { Client, Connection } from './client.ts';

declare global {
  interface Window {
    /** Put there by preload; absent in a browser. */
    readonly regimen?: Bridge;
  }
}

/** The client for this window: over the bridge where there is one, else over HTTP. */
export function createClient(): Client {
  return window.regimen === undefined
    ? createBrowserClient(takeToken(window), (token) => keepToken(window, token))
    : createBridgeClient(window.regimen);
}
