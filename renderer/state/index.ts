/** What places use: `useWorkspace`, `useQueues`, `useUi` (zustand), `useCall` (one query), `call` (one action), `go`. */
export { PLACES, type Place } from '../../engine/contract/bridge.ts';
export { call, client } from './client.ts';
export { toEngineError } from './errors.ts';
export { type FeedEntry, isActive, loadQueues, showAnswer, useQueues } from './queues.ts';
export { invalidate, type Topic } from './topics.ts';
export { closeDialog, go, openDialog, useUi } from './ui.ts';
export { type Bars, useBars } from './use-bars.ts';
export { type Query, useCall } from './use-call.ts';
export { useMinTrades } from './use-min-trades.ts';
export { loadWorkspace, useModelTitle, useRegimeTitle, useWorkspace } from './workspace.ts';
