import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { EngineError, fromErrorDto } from '../../contract/errors.ts';
import { createAtomicFile, makePrivateFolder, TEMPORARY_SUFFIX } from '../../files/atomic-write.ts';
import { candleFileName, isCandleFileName, readCandleFile } from '../../market/series/candle-file.ts';
import type { SeriesRef, StoredSeries } from '../../market/series/candle-source.ts';
import type { ContextSpec } from '../../pipeline/job.ts';
import { CLAIM_SUFFIX, claimFetch } from './fetch-claim.ts';
import { type CandlePart, KEYS } from './protocol.ts';
import type { Seal } from './seal.ts';

/** Bytes of candle files that a worker keeps; those not used for longest go. */
const KEPT_BYTES = 2 * 1024 ** 3;
/** Seconds that a host may take for a part of a file. */
export const REPLY_SECONDS = 60;

/** What is being fetched; named after its process, too: workers of one machine share a folder. */
const PART_SUFFIX = '.part';
/** After so long nobody is fetching it any more, ms. */
const PART_MS = 3_600_000;

/** Candle files of hosts on this machine's disk, each fetched once, by whichever worker, and checked. */
export interface CandleShelf {
  readonly folder: string;
  /**
   * Sees to it that all series that a context names are in the folder.
   * @param ask sends a request to the host that named them
   * @throws EngineError what the host says, `conflict` if it says nothing, `artifact-damaged` if other bars came
   */
  have(
    context: ContextSpec,
    ask: (request: { series: StoredSeries; at: number; reply: string }) => void,
  ): Promise<void>;
}

/** @param replies a connection that is only used to wait */
export function createCandleShelf(folder: string, replies: Redis, seal: Seal): CandleShelf {
  makePrivateFolder(folder);
  removeParts(folder);
  const checked = new Set<string>();
  /** One at a time: the connection waits for one reply. */
  let last: Promise<unknown> = Promise.resolve();

  /** A name from elsewhere may lead nowhere else. */
  function pathOf(series: StoredSeries): string {
    const name = candleFileName(series);
    if (isCandleFileName(name)) return join(folder, name);
    throw new EngineError(
      'data-invalid',
      `A host asks for candles of "${series.symbol.slice(0, 40)}", which is no symbol.`,
    );
  }

  type Ask = Parameters<CandleShelf['have']>[1];

  async function part(series: StoredSeries, at: number, ask: Ask) {
    const reply = KEYS.reply(randomUUID());
    ask({ series, at, reply });
    const answer = await replies.blpopBuffer(reply, REPLY_SECONDS);
    if (answer === null) {
      throw new EngineError(
        'conflict',
        `The host did not send ${series.symbol} ${series.timeframe} within ${REPLY_SECONDS} seconds. It will be asked again.`,
      );
    }
    const said = seal.open('candles', answer[1]) as CandlePart;
    if ('error' in said) throw fromErrorDto(said.error);
    return said;
  }

  async function fetch(series: StoredSeries, path: string, ask: Ask, goOn: () => void): Promise<void> {
    // Bars that are not those that were asked for are nobody's: they never get the name.
    const fetched = `${path}.${process.pid}${PART_SUFFIX}`;
    const file = createAtomicFile(fetched);
    try {
      for (let at = 0, size = 1; at < size; ) {
        const { bytes, size: whole } = await part(series, at, ask);
        if (bytes.length === 0) break;
        file.write(bytes);
        goOn();
        at += bytes.length;
        size = whole;
      }
      file.rename();
      readCandleFile(fetched, series.digest, candleFileName(series));
      renameSync(fetched, path);
    } catch (error) {
      file.abort();
      rmSync(fetched, { force: true });
      throw error;
    }
  }

  async function haveOne(series: StoredSeries, ask: Ask): Promise<void> {
    const path = pathOf(series);
    const isThere = () => existsSync(path) && (checked.has(series.digest) || isWhole(path, series.digest));
    if (!isThere()) {
      const claim = await claimFetch(path);
      try {
        if (!isThere()) await fetch(series, path, ask, claim.goOn);
      } finally {
        claim.release();
      }
    }
    utimesSync(path, new Date(), new Date());
    checked.add(series.digest);
    for (const gone of makeRoom(folder, KEPT_BYTES)) {
      for (const digest of checked) if (gone.includes(`_${digest.slice(0, 12)}.`)) checked.delete(digest);
    }
  }

  return {
    folder,
    have(context, ask) {
      const wanted = [context.series, ...context.higher].map(storedOf);
      const having = last.then(async () => {
        for (const series of wanted) await haveOne(series, ask);
      });
      last = having.catch(() => undefined);
      return having;
    },
  };
}

/** The series whose file a reference needs. */
function storedOf(ref: SeriesRef): StoredSeries {
  const { symbol, timeframe, digest } = ref.base === undefined ? ref : { ...ref.base, symbol: ref.symbol };
  return { symbol, timeframe, digest };
}

/** Of workers that were killed as they fetched. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const isPart = [PART_SUFFIX, TEMPORARY_SUFFIX, CLAIM_SUFFIX].some((suffix) => name.endsWith(suffix));
    const changed = isPart ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
    if (changed !== undefined && Date.now() - changed > PART_MS) rmSync(path, { force: true });
  }
}

function isWhole(path: string, digest: string): boolean {
  try {
    readCandleFile(path, digest);
    return true;
  } catch {
    return false;
  }
}

/** Removes the files that were not used for longest, until the folder has at most so many bytes; the newest stays. */
function makeRoom(folder: string, most: number): string[] {
  const files = readdirSync(folder)
    .filter(isCandleFileName)
    .flatMap((name) => {
      // Another worker of this machine makes room, too.
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ name, size: stat.size, used: stat.mtimeMs }];
    })
    .sort((a, b) => b.used - a.used);
  const gone: string[] = [];
  let bytes = 0;
  for (const [i, { name, size }] of files.entries()) {
    bytes += size;
    if (i === 0 || bytes <= most) continue;
    rmSync(join(folder, name), { force: true });
    gone.push(name);
  }
  return gone;
}
