import { z } from 'zod';
import { isFeedAddress } from '../config/feed-address.ts';
import type { Config } from '../config/schema.ts';
import { readYaml } from '../config/yaml.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { UpdateDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { compareVersions, VERSION, VERSION_PATTERN } from '../contract/version.ts';

const TIMEOUT_MS = 10_000;
const MOST_REDIRECTS = 5;
/** A feed is some hundred bytes. */
const MOST_BYTES = 64 * 1024;

/** Of a feed, what is read: files, checksums and paths are left alone, since nothing is downloaded. */
const feedSchema = z.object({
  version: z.string().regex(VERSION_PATTERN),
  releaseDate: z.coerce.date().optional(),
});

export function updateHandlers(config: () => Config): Pick<Handlers, 'updates.check'> {
  return {
    async 'updates.check'(): Promise<UpdateDto> {
      const { feed } = config().updates;
      if (feed === 'none')
        return { version: VERSION, feed: null, newest: null, releasedAt: null, isNewer: false };
      const { version, releaseDate } = readFeed(await fetchFeed(feed), feed);
      return {
        version: VERSION,
        feed,
        newest: version,
        releasedAt: releaseDate?.toISOString() ?? null,
        isNewer: compareVersions(version, VERSION) > 0,
      };
    },
  };
}

const unread = (feed: string, why: string, cause?: unknown) =>
  new EngineError('file-unreadable', `The update feed ${feed} can't be read: ${why}.`, {}, cause);

/** Redirects lead only to where a feed may be. */
async function fetchFeed(feed: string): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let address = feed;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    let response: Response;
    try {
      response = await fetch(address, { redirect: 'manual', signal, headers: { accept: 'text/yaml, */*' } });
    } catch (error) {
      throw unread(feed, signal.aborted ? 'no answer within 10 s' : reasonOf(error), error);
    }
    const to = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || to === null) {
      if (!response.ok) throw unread(feed, `it answered ${response.status}`);
      return await bodyOf(response, feed);
    }
    await response.body?.cancel();
    address = URL.parse(to, address)?.href ?? '';
    if (!isFeedAddress(address)) throw unread(feed, `it leads to ${JSON.stringify(to)}, which is not HTTPS`);
  }
  throw unread(feed, `it leads on more than ${MOST_REDIRECTS} times`);
}

async function bodyOf(response: Response, feed: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) throw unread(feed, `it is larger than ${MOST_BYTES / 1024} KB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof EngineError ? error : unread(feed, reasonOf(error), error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}

function readFeed(text: string, feed: string): z.output<typeof feedSchema> {
  let value: unknown;
  try {
    ({ value } = readYaml(text, feed));
  } catch (error) {
    throw unread(feed, `expected a latest.yml as electron-builder writes it, found no YAML`, error);
  }
  const read = feedSchema.safeParse(value);
  if (read.success) return read.data;
  throw unread(
    feed,
    `expected a latest.yml as electron-builder writes it, with a version such as ${VERSION}, found ${JSON.stringify(text.slice(0, 80))}`,
  );
}
