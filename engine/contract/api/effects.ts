import type { ApiResults, Method, RawInput } from './index.ts';

/**
 * What each method does to the workspace: `reads` changes nothing in it, on disk or in the database, though it may write a
 * file elsewhere that its caller names. A method that is not listed doesn't compile.
 */
export const EFFECTS = {
  'market.import': 'changes',
  'market.inspect': 'reads',
  'market.list': 'reads',
  'market.demo': 'changes',
  'market.remove': 'changes',
  'model.export': 'reads',
  'model.features': 'reads',
  'model.import': 'reads',
  'grid.options': 'reads',
  'grid.demo': 'reads',
  'grid.read': 'reads',
  'grid.write': 'reads',
  'grid.preview': 'reads',
  'queue.list': 'reads',
  'queue.get': 'reads',
  'queue.create': 'changes',
  'queue.enqueue': 'changes',
  'queue.start': 'changes',
  'queue.wait': 'reads',
  'queue.summary': 'reads',
  'queue.pause': 'changes',
  'queue.resume': 'changes',
  'queue.cancel': 'changes',
  'queue.remove': 'changes',
  'queue.priority': 'changes',
  'queue.retry': 'changes',
  'queue.extend': 'changes',
  'queue.results': 'reads',
  'feed.recent': 'reads',
  'recovery.list': 'reads',
  'recovery.resume': 'changes',
  'recovery.dismiss': 'changes',
  'recovery.lost': 'reads',
  'recovery.restore': 'changes',
  'recovery.decline': 'changes',
  'jobs.list': 'reads',
  'jobs.get': 'reads',
  'jobs.export': 'reads',
  'evaluation.preview': 'reads',
  'evaluation.create': 'changes',
  'evaluation.retrain': 'changes',
  'validation.preview': 'reads',
  'validation.create': 'changes',
  'validation.confirm': 'changes',
  'validation.list': 'reads',
  'validation.get': 'reads',
  'search.read': 'reads',
  'search.write': 'reads',
  'search.preview': 'reads',
  'search.create': 'changes',
  'search.list': 'reads',
  'search.best': 'reads',
  'evidence.summary': 'reads',
  'evidence.runs': 'reads',
  'evidence.luck': 'reads',
  'evidence.validations': 'reads',
  'evidence.curve': 'reads',
  'champions.list': 'reads',
  'champions.vacancies': 'reads',
  'champions.export': 'reads',
  'champions.robustness': 'changes',
  'champions.open': 'changes',
  'history.search': 'reads',
  'history.get': 'reads',
  'history.export': 'reads',
  'trades.export': 'reads',
  'run.lookahead': 'reads',
  'run.trace': 'reads',
  'run.trades': 'reads',
  'regimes.list': 'reads',
  'regimes.save': 'changes',
  'regimes.check': 'reads',
  'regimes.test': 'reads',
  'regimes.heatmap': 'reads',
  'settings.get': 'reads',
  'settings.set': 'changes',
  'storage.summary': 'reads',
  'cleanup.run': 'changes',
  'verify.run': 'reads',
  'verify.last': 'reads',
  'verify.record': 'changes',
  'backup.create': 'changes',
  'backup.restore': 'changes',
} as const satisfies Readonly<Record<Method, 'reads' | 'changes'>>;

/** A method that changes nothing in the workspace. */
export type ReadingMethod = {
  [M in Method]: (typeof EFFECTS)[M] extends 'reads' ? M : never;
}[Method];

/** `Call` of whoever only looks. */
export type ReadingCall = <M extends ReadingMethod>(method: M, input: RawInput<M>) => Promise<ApiResults[M]>;

export function isReading(method: Method): method is ReadingMethod {
  return EFFECTS[method] === 'reads';
}
