/** What the engine tells its hosts while it works. One line of the live feed each. */
export type EngineEvent =
  | {
      readonly type: 'queue.started';
      readonly queueId: number;
      readonly name: string;
      readonly toTrain: number;
    }
  | {
      readonly type: 'queue.progress';
      readonly queueId: number;
      /** Cells of this queue that were trained, failed or not, since it was created. */
      readonly done: number;
      readonly toTrain: number;
      readonly completed: number;
      readonly failed: number;
      readonly kept: number;
      readonly configuration: string;
      /** What became of this configuration: `Model kept (improves: bull_trending)`. */
      readonly outcome: string;
    }
  | { readonly type: 'queue.finished'; readonly queueId: number; readonly state: string };

export type EventListener = (event: EngineEvent) => void;
