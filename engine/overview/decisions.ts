import { counted } from '../contract/counted.ts';
import {
  type ChampionDto,
  DECISION_CODES,
  type DecisionDto,
  type ModelNameDto,
} from '../contract/dto/index.ts';
import { dataAge, isLate } from '../live/age.ts';
import type { AlertRow } from '../store/alerts.ts';
import type { Reader } from '../store/database.ts';
import type { ForwardTestRow } from '../store/forward.ts';
import type { QueueRow } from '../store/queues.ts';
import { allSeries, sessionOf } from '../store/series.ts';

/** What decisions are found in. */
export interface Matters {
  readonly store: Reader;
  readonly jobs: readonly QueueRow[];
  readonly names: readonly ModelNameDto[];
  /** Of versions that are in charge. */
  readonly tests: readonly ForwardTestRow[];
  readonly champions: readonly ChampionDto[];
  readonly unsent: readonly AlertRow[];
  /** Since when things are new, ms since 1970-01-01 UTC; null: from the beginning. */
  readonly since: number | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** Markets that a sentence names. */
const MOST_NAMED = 5;

/** What a person has to decide, the most urgent first. */
export function decisionsOf(matters: Matters): DecisionDto[] {
  const all = [
    ...ofJobs(matters),
    ...ofNames(matters),
    ...ofTests(matters),
    ...ofData(matters),
    ...ofAlerts(matters),
    ...ofChampions(matters),
  ];
  return all.sort((a, b) => DECISION_CODES.indexOf(a.code) - DECISION_CODES.indexOf(b.code));
}

function ofJobs({ jobs, since }: Matters): DecisionDto[] {
  // What failed before the last look was seen to have failed.
  const isNew = (at: number | null) => since === null || (at ?? 0) > since;
  return jobs
    .toSorted((a, b) => b.id - a.id)
    .flatMap(({ id, name, state, message, finished_at }): DecisionDto[] => {
      const about = { subject: name, job: id, name: null };
      const why = message === null ? '' : ` ${message}`;
      switch (state) {
        case 'crashed':
          return [
            { code: 'job-crashed', ...about, text: `It was interrupted; what it finished is safe.${why}` },
          ];
        case 'failed':
          return isNew(finished_at) ? [{ code: 'job-failed', ...about, text: `It stopped.${why}` }] : [];
        case 'awaiting_confirmation':
          return [{ code: 'job-confirmation', ...about, text: message ?? 'It waits to be told to go on.' }];
        case 'paused':
          return [{ code: 'job-paused', ...about, text: `It is paused.${why}` }];
        default:
          return [];
      }
    });
}

function ofNames({ names }: Matters): DecisionDto[] {
  return names.flatMap(({ name, aliases, production, versions }): DecisionDto[] => {
    const about = { subject: name, job: null, name };
    const candidate = versions.find(({ version }) => version === aliases.candidate);
    const charged = versions.find(({ version }) => version === production);
    const found: DecisionDto[] = [];
    if (candidate !== undefined && candidate !== charged && candidate.gate?.passed === true) {
      const beside = charged === undefined ? 'Nobody is in charge there' : `In charge is ${charged.version}`;
      const text = `Candidate ${candidate.version} passed its gate. ${beside}.`;
      found.push({ code: 'gate-passed', ...about, text });
    }
    if (charged?.isExpired === true) {
      const day = charged.expiresAt.slice(0, 10);
      const text = `Version ${charged.version} expired on ${day}, and is used on. Train it anew, or update it.`;
      found.push({ code: 'version-expired', ...about, text });
    }
    return found;
  });
}

function ofTests({ tests }: Matters): DecisionDto[] {
  return tests.flatMap(({ name, version, stale_at, message }): DecisionDto[] =>
    stale_at === null
      ? []
      : [
          {
            code: 'version-stale',
            subject: name,
            job: null,
            name,
            text: message ?? `Version ${version} earned less on paper than was promised.`,
          },
        ],
  );
}

/** Of markets that somebody goes by: a version in charge, or a champion. */
function ofData({ store, names, champions, now }: Matters): DecisionDto[] {
  const used = new Set([
    ...names.filter(({ production }) => production !== null).map(({ symbol }) => symbol),
    ...champions.filter(({ synthetic }) => !synthetic).map(({ symbol }) => symbol),
  ]);
  const late = allSeries(store).filter((row) => {
    if (row.synthetic === 1 || !used.has(row.symbol)) return false;
    return isLate(dataAge(row.last_time, row.timeframe, sessionOf(row), now));
  });
  if (late.length === 0) return [];
  const oldest = Math.min(...late.map(({ last_time }) => last_time));
  const markets = late.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`);
  return [
    {
      code: 'data-late',
      subject: listText(markets),
      job: null,
      name: null,
      text: `Newer candles should have come by now: ${late.length === 1 ? 'the newest' : 'the oldest of the newest'} is of ${minuteText(oldest)} UTC. Until they do nothing is said of now.`,
    },
  ];
}

function ofAlerts({ unsent }: Matters): DecisionDto[] {
  const lost = unsent.filter(({ given_up }) => given_up === 1);
  if (lost.length === 0) return [];
  const targets = [...new Set(lost.map(({ target }) => target))];
  const text = `${counted(lost.length, 'alert')} did not arrive, and ${lost.length === 1 ? 'is' : 'are'} not tried any more.`;
  return [{ code: 'alerts-undelivered', subject: listText(targets), job: null, name: null, text }];
}

function ofChampions({ champions }: Matters): DecisionDto[] {
  const of = (those: readonly ChampionDto[]) => `${those.length} of ${counted(champions.length, 'champion')}`;
  const stale = champions.filter((one) => one.stale !== null);
  const open = champions.filter((one) => one.stale === null && one.outOfSample === null);
  const found: DecisionDto[] = [];
  if (stale.length > 0) {
    const text = `What ${stale.length === 1 ? 'it was' : 'they were'} chosen by has changed since: evaluated again, ${stale.length === 1 ? 'it competes' : 'they compete'} again.`;
    found.push({
      code: 'champions-stale',
      subject: `${of(stale)} ${isAre(stale)} stale`,
      job: null,
      name: null,
      text,
    });
  }
  if (open.length > 0) {
    const text = 'Only bars that chose nothing can settle whether an edge is behind a score.';
    found.push({
      code: 'champions-unvalidated',
      subject: `${of(open)} ${open.length === 1 ? 'was' : 'were'} never validated`,
      job: null,
      name: null,
      text,
    });
  }
  return found;
}

const isAre = ({ length }: readonly unknown[]) => (length === 1 ? 'is' : 'are');

function listText(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return names.join(', ');
  return `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}

const minuteText = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
