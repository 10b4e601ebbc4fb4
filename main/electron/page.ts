import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { SECURITY_HEADERS } from '../host/security.ts';

/** Own scheme and origin of the window's page: not `file:`, which could read every file of the machine. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://regimen`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** File of a page address within the renderer's folder, or undefined when it leads anywhere else. */
export function pageFile(folder: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== PAGE_ORIGIN) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : undefined;
}

/** Answers the window's requests for its page. */
export async function answerPage(folder: string, request: { readonly url: string; readonly method: string }) {
  const file = request.method === 'GET' ? pageFile(folder, request.url) : undefined;
  const content = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || content === undefined) {
    return new Response('Not found', { status: 404, headers: SECURITY_HEADERS });
  }
  const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
  return new Response(content, { headers: { ...SECURITY_HEADERS, 'content-type': type } });
}

/** Whether a frame's address is the window's own page. */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).href.startsWith(`${PAGE_ORIGIN}/`);
}
