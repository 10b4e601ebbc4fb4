import type { MessagePort } from 'node:worker_threads';
import type { FileInspection } from '../contract/dto/index.ts';
import { demoMarket } from '../market/demo-market.ts';
import { type AppendJob, appendBars } from '../market/importing/append-bars.ts';
import { type InspectOptions, inspectFile } from '../market/importing/import.ts';
import type { JoinedSeries } from '../market/importing/join-series.ts';
import {
  type ReplacedFileViews,
  type ViewsBackJob,
  viewsBack as viewsOfFiles,
} from '../market/series/views-back.ts';
import { type WrittenSeries, writeSeries } from '../market/series/write-series.ts';
import { type Answer, answer } from './answer.ts';
import { type ImportJob, importAndLook, type LookedAtImport } from './import-and-look.ts';

export interface ImportTask extends ImportJob {
  /** Is told the share of the file that has been read, 0..1. */
  readonly port: MessagePort;
}

export interface InspectTask extends Omit<InspectOptions, 'onProgress'> {
  readonly file: string;
}

export function importFromFile({ port, ...job }: ImportTask): Promise<Answer<LookedAtImport>> {
  return answer(() => importAndLook(job, (share) => port.postMessage(share)));
}

export function append(job: AppendJob): Promise<Answer<JoinedSeries>> {
  return answer(() => appendBars(job));
}

export function inspect({ file, ...options }: InspectTask): Promise<Answer<FileInspection>> {
  return answer(() => inspectFile(file, options));
}

export function viewsBack(job: ViewsBackJob): Promise<Answer<ReplacedFileViews>> {
  return answer(() => viewsOfFiles(job));
}

export function writeDemo({ folder }: { folder: string }): Promise<Answer<WrittenSeries[]>> {
  return answer(() => demoMarket().map((candles) => writeSeries(folder, candles)));
}
