import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { FileInspection } from '../contract/dto/index.ts';
import { demoMarket } from '../market/demo-market.ts';
import { type AppendJob, appendBars } from '../market/importing/append-bars.ts';
import { type InspectOptions, inspectFile } from '../market/importing/import.ts';
import type { JoinedSeries } from '../market/importing/join-series.ts';
import { type ReplacedFileViews, type ViewsBackJob, viewsBack } from '../market/series/views-back.ts';
import { type WrittenSeries, writeSeries } from '../market/series/write-series.ts';
import { type ImportJob, importAndLook, type LookedAtImport } from './import-and-look.ts';
import type * as tasks from './market-task.ts';
import { createThreads } from './threads.ts';

/** The work on market data files, and on the candle files made from them, that takes long. */
export interface MarketFiles {
  /** As `importAndLook`. */
  importSeries(job: ImportJob, onProgress: (share: number) => void): Promise<LookedAtImport>;
  /** Throws as `appendBars`. */
  append(job: AppendJob): Promise<JoinedSeries>;
  /** Throws as `inspectFile`. */
  inspect(file: string, options: Omit<InspectOptions, 'onProgress'>): Promise<FileInspection>;
  /** Which views the file has that a series goes back to, and which of the others the one that it leaves. Throws as `readCandleFile`. */
  viewsBack(job: ViewsBackJob): Promise<ReplacedFileViews>;
  /** Writes the series of the demo market. */
  writeDemo(folder: string): Promise<WrittenSeries[]>;
  close(): Promise<void>;
}

/** For a host that answers others meanwhile. Two threads: a long import keeps nobody from looking at the next file. */
export function createMarketThreads(): MarketFiles {
  const threads = createThreads<typeof tasks>(new URL('./market-task.ts', import.meta.url), 2);
  return {
    async importSeries(job, onProgress) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', onProgress);
      try {
        return await threads.run('importFromFile', { ...job, port: port2 }, [port2]);
      } finally {
        // What the event loop has not come to yet is told before the end.
        for (let last = receiveMessageOnPort(port1); last !== undefined; last = receiveMessageOnPort(port1)) {
          onProgress(last.message as number);
        }
        port1.close();
      }
    },
    append: (job) => threads.run('append', job),
    inspect: (file, options) => threads.run('inspect', { file, ...options }),
    viewsBack: (job) => threads.run('viewsBack', job),
    writeDemo: (folder) => threads.run('writeDemo', { folder }),
    close: () => threads.close(),
  };
}

/** For a command line, which does nothing else meanwhile: a thread would only cost its start and its memory. */
export const marketFilesInPlace: MarketFiles = {
  importSeries: importAndLook,
  append: async (job) => appendBars(job),
  inspect: inspectFile,
  viewsBack: async (job) => viewsBack(job),
  writeDemo: async (folder) => demoMarket().map((candles) => writeSeries(folder, candles)),
  close: async () => undefined,
};
