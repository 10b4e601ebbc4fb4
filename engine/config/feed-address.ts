const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an update feed may be asked at this address: over HTTPS, or on this machine. */
export function isFeedAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.length > 2000) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL.has(url.hostname));
}
