/** What travels between hosts and clients. Times are ISO 8601 UTC unless a field says otherwise. */
export type * from './evaluation.ts';
export type * from './evidence.ts';
export * from './jobs.ts';
export type * from './lookahead.ts';
export type * from './looks.ts';
export * from './market.ts';
export type * from './models.ts';
export * from './queues.ts';
export type * from './regimes.ts';
export * from './registry.ts';
export type * from './robustness.ts';
export type * from './runs.ts';
export type * from './search.ts';
export type * from './settings.ts';
export type * from './trace.ts';
export * from './training.ts';
export type * from './validation.ts';
export type * from './validation-curve.ts';
