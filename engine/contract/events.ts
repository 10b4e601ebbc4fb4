import type { Configuration } from './configuration.ts';
import type { AlertDto, FeedLineDto, QueueDto } from './dto/index.ts';

/** What the engine tells its hosts while it works. */
export type EngineEvent =
  /** A queue was created, or changed its state, priority or grid. Its counts change with `queue.progress`, too: the later event of both counts. */
  | { readonly type: 'queue.changed'; readonly queue: QueueDto }
  /** A queue was removed. */
  | { readonly type: 'queue.removed'; readonly queueId: number }
  /** One configuration was trained and its result is permanent. */
  | { readonly type: 'queue.progress'; readonly queueId: number; readonly progress: QueueProgress }
  /** What each thread trains now; an entry per busy thread. */
  | { readonly type: 'queue.threads'; readonly queueId: number; readonly training: readonly Configuration[] }
  /** A queue goes on by itself after a crash. */
  | { readonly type: 'queue.resumed'; readonly queueId: number; readonly name: string }
  /** A version in production expired; it goes on being used. `message`: a whole sentence. */
  | {
      readonly type: 'version.expired';
      readonly name: string;
      readonly version: string;
      readonly message: string;
    }
  /** A version in production earned less on paper than was promised; it goes on being used. `message`: whole sentences. */
  | {
      readonly type: 'version.stale';
      readonly name: string;
      readonly version: string;
      readonly message: string;
    }
  /** A production training came to its end. `message`: whole sentences, a line for each name. */
  | {
      readonly type: 'training.ended';
      readonly id: string;
      /** `EURUSD H1`, or `Every name in production`. */
      readonly title: string;
      readonly schedule: string | null;
      readonly state: 'completed' | 'failed' | 'interrupted';
      readonly message: string;
    }
  /** What somebody asked to be told of on this desktop. */
  | { readonly type: 'alert'; readonly alert: AlertDto }
  | { readonly type: 'feed'; readonly line: FeedLineDto }
  | { readonly type: 'market.import'; readonly file: string; readonly share: number }
  /** A file of a watched folder was looked at. `message`: a whole sentence. */
  | {
      readonly type: 'market.watched';
      readonly file: string;
      readonly level: 'info' | 'warn';
      readonly message: string;
    }
  /** Series, regimes, settings or results changed: what was fetched may be stale. */
  | {
      readonly type: 'workspace.changed';
      readonly what:
        | 'series'
        | 'regimes'
        | 'settings'
        | 'champions'
        | 'looks'
        | 'validations'
        | 'verified'
        | 'registry'
        | 'trainings'
        | 'watched'
        | 'schedules'
        | 'tracking'
        | 'survival'
        | 'forward'
        | 'alerts'
        | 'statements'
        | 'marks'
        | 'views';
    };

/** How far a queue is once a result is permanent: what its QueueDto would say then. Counts are since it was created. */
export interface QueueProgress {
  /** Cells that were trained, failed or not. */
  readonly done: number;
  readonly toTrain: number;
  readonly completed: number;
  readonly failed: number;
  readonly crowned: number;
  readonly pushedOut: number;
  readonly kept: number;
  readonly deleted: number;
  /** Number in grid order, from 1, of the next cell to train; null when none is left. */
  readonly currentIndex: number | null;
  readonly configuration: Configuration;
  /** The configuration in words: `Ridge EURUSD H1, 60 days, 12 bars ahead, normalized`. */
  readonly description: string;
  /** `Model kept (improves: bull_trending)`. */
  readonly outcome: string;
  readonly failedNow: boolean;
  /** See QueueDto. */
  readonly memoryBytes: number;
  /** Seconds spent training so far, pauses left out. */
  readonly elapsedSeconds: number;
  /** Seconds it is likely to train on, at the pace since it was last started or resumed. */
  readonly remainingSeconds: number;
}

export type EventListener = (event: EngineEvent) => void;
