import { create } from 'zustand';
import type { Method } from '../../engine/contract/api/index.ts';

/** What an answer of the Api depends on. A topic that moves on makes the answers that depend on it stale. */
export type Topic =
  | 'series'
  | 'regimes'
  | 'settings'
  | 'champions'
  | 'looks'
  | 'validations'
  | 'queues'
  | 'runs'
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

export const ALL_TOPICS: readonly Topic[] = [
  'series',
  'regimes',
  'settings',
  'champions',
  'looks',
  'validations',
  'queues',
  'runs',
  'verified',
  'registry',
  'trainings',
  'watched',
  'schedules',
  'tracking',
  'survival',
  'forward',
  'alerts',
  'statements',
  'marks',
  'views',
];

/** Topics of the methods that only read; a method that is not here is asked once. */
export const METHOD_TOPICS: Readonly<Partial<Record<Method, readonly Topic[]>>> = {
  'overview.get': ['queues', 'champions', 'registry', 'series', 'alerts', 'forward', 'validations'],
  'workers.list': ['settings'],
  'statement.list': ['statements'],
  'statement.compare': ['statements', 'forward'],
  'alert.list': ['alerts', 'settings'],
  'forward.list': ['forward', 'registry', 'series'],
  'forward.show': ['forward', 'registry', 'series'],
  'market.list': ['series'],
  'market.changes': ['series'],
  'market.arrivals': ['series'],
  'market.bars': ['series', 'regimes'],
  'market.watched': ['watched'],
  'grid.preview': ['series', 'settings', 'regimes', 'queues'],
  'queue.results': ['runs'],
  'queue.summary': ['runs', 'queues'],
  'evidence.summary': ['runs', 'champions', 'validations'],
  'evidence.runs': ['runs', 'champions'],
  'evidence.luck': ['champions'],
  'evidence.validations': ['validations', 'champions', 'runs'],
  'evidence.curve': ['validations', 'runs', 'series'],
  'champions.list': ['champions', 'looks', 'survival', 'marks', 'validations'],
  'survival.rows': ['validations', 'runs'],
  'survival.list': ['survival'],
  'survival.journal': ['survival'],
  'survival.gate': ['survival'],
  'views.list': ['views'],
  'marks.list': ['marks', 'queues'],
  'compare.show': ['champions', 'registry', 'looks'],
  'run.money': ['looks', 'series'],
  'axes.scores': ['runs', 'queues'],
  'history.search': ['runs', 'champions', 'marks'],
  'history.get': ['champions', 'looks', 'marks'],
  'run.trace': ['looks'],
  'regimes.list': ['regimes'],
  'regimes.notes': ['series'],
  'regimes.preview': ['series', 'champions', 'regimes'],
  'regimes.heatmap': ['runs', 'regimes'],
  'settings.get': ['settings'],
  'verify.last': ['verified'],
  'storage.summary': ['runs', 'champions'],
  'recovery.list': ['queues'],
  'jobs.list': ['queues', 'runs', 'marks'],
  'evaluation.preview': ['series', 'regimes', 'settings', 'champions'],
  'validation.preview': ['series', 'regimes', 'settings', 'champions', 'runs', 'validations'],
  'validation.list': ['validations', 'runs', 'settings', 'queues'],
  'validation.get': ['validations', 'runs', 'settings', 'queues'],
  'search.preview': ['series', 'settings', 'regimes', 'queues'],
  'search.list': ['runs', 'queues'],
  'production.list': ['registry', 'validations'],
  'production.show': ['registry', 'validations'],
  'production.journal': ['registry'],
  'production.compare': ['registry', 'validations'],
  'production.plan': ['series', 'regimes', 'settings', 'registry', 'runs', 'validations'],
  'production.trainings': ['trainings'],
  'signals.list': ['series', 'regimes', 'settings', 'registry', 'champions', 'validations'],
  'production.training': ['trainings'],
  'jobs.status': ['trainings', 'queues', 'runs', 'validations'],
  'schedule.list': ['schedules', 'trainings'],
  'schedule.show': ['schedules', 'trainings'],
  'schedule.next': ['schedules', 'trainings'],
  'tracking.status': ['tracking', 'settings'],
};

/** How often each topic moved on. */
export const useRevisions = create<Readonly<Record<Topic, number>>>()(() => ({
  series: 0,
  regimes: 0,
  settings: 0,
  champions: 0,
  looks: 0,
  validations: 0,
  queues: 0,
  runs: 0,
  verified: 0,
  registry: 0,
  trainings: 0,
  watched: 0,
  schedules: 0,
  tracking: 0,
  survival: 0,
  forward: 0,
  alerts: 0,
  statements: 0,
  marks: 0,
  views: 0,
}));

/** Marks every answer that depends on one of the topics as stale. */
export function invalidate(topics: Iterable<Topic>): void {
  useRevisions.setState((revisions) => {
    const next = { ...revisions };
    for (const topic of topics) next[topic]++;
    return next;
  });
}
