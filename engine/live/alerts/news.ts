import { grouped } from '../../contract/counted.ts';
import type { SignalDto } from '../../contract/dto/index.ts';
import { plainName } from '../../contract/plain-name.ts';
import { storedJson } from '../../contract/stored-json.ts';
import type { Store } from '../../store/database.ts';
import { forwardTests } from '../../store/forward.ts';
import { allQueues } from '../../store/queues.ts';
import { listTrainings } from '../../store/submissions.ts';
import { listJournal } from '../../store/versions.ts';
import { isLate } from '../age.ts';
import type { AlertNews } from './target.ts';

/** Something whose change is told. */
export interface Watched {
  readonly key: string;
  readonly value: string;
  /** What is told when it comes to be so; null: nothing. `before`: what it was; undefined where it was not there. */
  news(before: string | undefined): AlertNews | null;
}

/** Of each market its signal, regime and lateness. */
export function watchedSignals(signals: readonly SignalDto[]): Watched[] {
  return signals.flatMap((one) => {
    const { symbol, timeframe, bar, signal, silence, speaker } = one;
    if (bar === null) return [];
    const market = `${symbol} ${timeframe}`;
    const place = { symbol, timeframe };
    const who =
      speaker === null ? '' : ` by ${speaker.name}${speaker.version === null ? '' : ` ${speaker.version}`}`;
    const late = isLate(bar);
    const known: Watched[] = [
      {
        key: `late ${market}`,
        value: late ? 'late' : 'current',
        news: (before) =>
          late && before !== undefined
            ? {
                ...place,
                event: 'data-late',
                title: `${market}: data is late`,
                text: `Candles of ${market} should have come by now.`,
                details: `The newest candle of ${market} closed at ${bar.closedAt}; ${grouped(bar.missing)} more should have closed since.`,
              }
            : null,
      },
      {
        key: `regime ${market}`,
        value: bar.regime,
        news: (before) =>
          before === undefined
            ? null
            : {
                ...place,
                event: 'regime-changed',
                title: `${market}: ${plainName(bar.regime)}`,
                text: `The regime of ${market} is ${plainName(bar.regime)}.`,
                details: `The regime of ${market} is ${plainName(bar.regime)} since the bar of ${bar.time}, before it was ${plainName(before)}. Close ${bar.close}.`,
              },
      },
    ];
    // Late data says nothing of now, and what can't be asked is no change.
    if (late || silence?.code === 'failed') return known;
    const said = signal === 'none' ? 'no signal' : signal;
    known.push({
      key: `signal ${market}`,
      value: signal,
      news: (before) =>
        before === undefined
          ? null
          : {
              ...place,
              event: 'signal-changed',
              title: `${market}: ${said}`,
              text: `The signal of ${market} is ${said}.`,
              details: `The signal of ${market}${who} is ${said}, before it was ${before === 'none' ? 'none' : before}. Bar of ${bar.time}, close ${bar.close}.${silence === null ? '' : ` ${silence.text}`}`,
            },
    });
    return known;
  });
}

const ENDED = ['completed', 'failed', 'crashed'];

/** Jobs and trainings that ended, versions that became stale, gates that refused: each is told once. */
export function watchedStates(store: Store): Watched[] {
  const jobs = allQueues(store).map(({ id, name, state, message }): Watched => {
    const how = state === 'completed' ? 'is complete' : 'stopped';
    return {
      key: `job ${id}`,
      value: state,
      news: () =>
        ENDED.includes(state)
          ? {
              event: 'job-done',
              symbol: null,
              timeframe: null,
              title: `A job ${how}`,
              text: `Job ${id} ${how}.`,
              details: `Job ${id}, ${name}, ${how}.${message === null ? '' : ` ${message}`}`,
            }
          : null,
    };
  });
  const trainings = listTrainings(store).map(({ id, label, state, error }): Watched => {
    const how = state === 'completed' ? 'is complete' : state === 'failed' ? 'failed' : state;
    return {
      key: `training ${id}`,
      value: state,
      news: () =>
        state === 'completed' || state === 'failed'
          ? {
              event: 'job-done',
              symbol: null,
              timeframe: null,
              title: `A production training ${how}`,
              text: `A production training ${how}.`,
              details: `The production training ${label} ${how}.${error === null ? '' : ` ${error}`}`,
            }
          : null,
    };
  });
  const stale = forwardTests(store).map(
    ({ id, symbol, timeframe, stale_at, message }): Watched => ({
      key: `forward ${id}`,
      value: stale_at === null ? 'sound' : 'stale',
      news: () =>
        stale_at === null
          ? null
          : {
              event: 'version-stale',
              symbol,
              timeframe,
              title: `${symbol} ${timeframe}: a version is stale`,
              text: `The version in charge of ${symbol} ${timeframe} is stale.`,
              details: message!,
            },
    }),
  );
  const gates = listJournal(store).flatMap(({ id, name, gate, to_version }): Watched[] => {
    if (gate === null) return [];
    const { passed } = storedJson<{ readonly passed: boolean }>(gate, 'the report of a gate');
    const [symbol = null, timeframe = null] = name.split(' ');
    return [
      {
        key: `gate ${id}`,
        value: passed ? 'passed' : 'failed',
        news: () =>
          passed
            ? null
            : {
                event: 'gate-failed',
                symbol,
                timeframe: timeframe as AlertNews['timeframe'],
                title: `${symbol} ${timeframe}: the gate refused a version`,
                text: `The gate refused a version of ${symbol} ${timeframe}.`,
                details: `The gate refused version ${to_version} of ${name}.`,
              },
      },
    ];
  });
  return [...jobs, ...trainings, ...stale, ...gates];
}
