import type { ApiResults, Method, RawInput } from './api/index.ts';
import type { ErrorDto } from './errors.ts';
import type { EngineEvent } from './events.ts';

/** An answer that crosses a process edge: errors lose their class there, so they travel as data. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorDto };

/** The window's places, in the order of their shortcuts. */
export const PLACES = [
  'today',
  'queue',
  'regimes',
  'evidence',
  'registry',
  'live',
  'history',
  'data',
] as const;
export type Place = (typeof PLACES)[number];

/** What the native menu and the tray ask the window to do. */
export type MenuCommand =
  | { readonly type: 'import' }
  | { readonly type: 'new-grid' }
  | { readonly type: 'start' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'about' }
  /** `params` as in the window's address. */
  | { readonly type: 'go'; readonly place: Place; readonly params?: Readonly<Record<string, string>> }
  /** A GRID.yaml was opened from the desktop; `text` is its content. */
  | { readonly type: 'open-grid'; readonly file: string; readonly text: string };

export interface FileDialogOptions {
  readonly title: string;
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

/** What only a desktop window can do. */
export interface NativeBridge {
  /** The chosen file's path, or null when the dialog was cancelled. */
  openFile(options: FileDialogOptions): Promise<string | null>;
  /** The chosen folder's path, or null when the dialog was cancelled. The engine may read it from then on. */
  openFolder(options: FileDialogOptions): Promise<string | null>;
  /** The chosen path, or null when the dialog was cancelled. */
  saveFile(options: FileDialogOptions & { readonly suggestedName: string }): Promise<string | null>;
  /** Shows a file that the engine wrote; false for any other path. */
  showInFolder(file: string): Promise<boolean>;
  /** The path of a file dropped on the window (a DOM `File`), which the engine may read from then on. */
  droppedFile(file: object): string;
  /** Commands of menu and tray. Returns the function that ends the subscription. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
}

/** What preload puts on `window.regimen`. In a browser it is absent, and the client speaks to `main/server`. */
export interface Bridge {
  readonly kind: 'electron';
  call<M extends Method>(method: M, input: RawInput<M>): Promise<Reply<ApiResults[M]>>;
  /** Events come in batches, at most four a second. Returns the function that ends the subscription. */
  subscribe(listener: (events: readonly EngineEvent[]) => void): () => void;
  readonly native: NativeBridge;
}

/** How `main/server` speaks; a browser's client uses the same words. */
export const HTTP = {
  /** Query parameter of the start link; the client keeps it in sessionStorage and drops it from the address. */
  tokenParameter: 'token',
  /** `GET /start?code=…`: a code that lets one request in, for a minute, leads to the start link. */
  start: '/start',
  codeParameter: 'code',
  /** `POST /session`: the token `{ token }` for whoever shows it or the cookie of an earlier start, and a cookie for the next one. */
  session: '/session',
  /** `POST /api/<method>` with `Authorization: Bearer <token>` and the input as JSON. */
  api: '/api/',
  /** WebSocket of batches, `EngineEvent[]` as JSON; subprotocols `['regimen', 'token.<token>']`. */
  events: '/events',
  subprotocol: 'regimen',
  tokenSubprotocolPrefix: 'token.',
  /** `POST /upload?name=EURUSD.csv`, the file as `application/octet-stream`; answers `{ file }` for `market.import`. */
  upload: '/upload',
  /** `GET /download?file=<path>`: a file that `history.export` or `backup.create` wrote. */
  download: '/download',
} as const;
