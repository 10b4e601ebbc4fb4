import type { ContextDeps } from '../../binding/run-context.ts';
import type { ForwardDetailDto, ForwardTestDto, ModelNameDto } from '../../contract/dto/index.ts';
import { EngineError, toErrorDto } from '../../contract/errors.ts';
import type { EngineEvent, EventListener } from '../../contract/events.ts';
import { timeframeMs } from '../../contract/timeframe.ts';
import type { Feed } from '../../log/feed.ts';
import { lowerBound } from '../../market/candles.ts';
import type { NewestBarJob } from '../../pipeline/newest-bar.ts';
import { modelNames } from '../../registry/views.ts';
import {
  appendForwardBars,
  beginForwardTest,
  endForwardTests,
  type ForwardTestRow,
  forwardBars,
  forwardTests,
  newestForwardBar,
  openForwardTests,
} from '../../store/forward.ts';
import { modelOfVersion, requireVersion } from '../../store/versions.ts';
import type { Analysis } from '../../workers/analysis.ts';
import { liveContext } from '../live-context.ts';
import { createLooks } from '../looks.ts';
import { createSubjects, modelOf, type Subject, type SubjectDeps } from '../subject.ts';
import { createJudge } from './judge.ts';
import { rowOf, tradeOn } from './record.ts';
import { detailDto, type ReadTest, testDto } from './views.ts';

export interface ForwardDeps extends SubjectDeps, Pick<ContextDeps, 'library'> {
  readonly analysis: Analysis;
  readonly feed: Feed;
  readonly emit: EventListener;
}

/** Versions in production trade on paper, on the bars that arrive. */
export interface Forward {
  /** The newest first. */
  list(): Promise<ForwardTestDto[]>;
  /** @throws EngineError `not-found` */
  show(name: string, version: string | undefined): Promise<ForwardDetailDto>;
  /** What the engine says: new bars and other versions in charge are looked at. */
  wake(event: EngineEvent): void;
  /** Scores what has arrived; never rejects. */
  look(): Promise<void>;
  end(): void;
  idle(): Promise<void>;
}

const SAYS = { source: 'live/forward/forward:look', topic: 'model' } as const;

export function createForward(deps: ForwardDeps): Forward {
  const { store, library, analysis, feed, emit, now } = deps;
  /** By test, why it does not go on. */
  const problems = new Map<number, string>();
  const judge = createJudge(deps);

  /** A version that was in charge before there were forward tests, or was put there by an earlier Regimen, begins now. */
  function beginMissing(names: readonly ModelNameDto[]): void {
    const open = new Map(openForwardTests(store).map((row) => [row.name, row.version]));
    for (const { name, symbol, timeframe, production } of names) {
      if (open.get(name) === (production ?? undefined)) continue;
      store.transaction(() => {
        const at = now();
        endForwardTests(store, name, at);
        if (production !== null)
          beginForwardTest(store, { name, version: production, symbol, timeframe, at });
      });
    }
  }

  /** The job that scores what has arrived for a test; undefined where nothing has, or it can't be asked. */
  async function jobOf(row: ForwardTestRow, subject: Subject): Promise<NewestBarJob | undefined> {
    const { id, symbol, timeframe, after_close } = row;
    const series = await library.loadSoon(symbol, timeframe, analysis);
    if (series === undefined) {
      problems.set(id, `There are no candles of ${symbol} for ${timeframe} any more. Import them again.`);
      return undefined;
    }
    const { time } = series.candles;
    const step = timeframeMs(timeframe);
    const newest = time[lowerBound(time, now() - step + 1) - 1];
    const recordAfter = newestForwardBar(store, id) ?? after_close - step;
    if (newest === undefined || newest <= recordAfter) return undefined;
    const live = await liveContext(deps, subject, newest + step);
    if ('code' in live) {
      problems.set(id, live.text);
      return undefined;
    }
    return { context: live.context, alone: subject.speaker.regime, ...modelOf(subject), recordAfter };
  }

  async function lookOnce(): Promise<void> {
    const names = modelNames(deps);
    beginMissing(names);
    const subjects = createSubjects(deps);
    const asked: { readonly row: ForwardTestRow; readonly subject: Subject; readonly job: NewestBarJob }[] =
      [];
    const open: { readonly row: ForwardTestRow; readonly subject: Subject }[] = [];
    for (const row of openForwardTests(store)) {
      const name = names.find((one) => one.name === row.name);
      if (name === undefined) continue;
      try {
        problems.delete(row.id);
        const subject = subjects.version(name);
        open.push({ row, subject });
        const job = await jobOf(row, subject);
        if (job !== undefined) asked.push({ row, subject, job });
      } catch (error) {
        problems.set(row.id, toErrorDto(error).message);
      }
    }
    const answers = asked.length === 0 ? [] : await analysis.newestBars(asked.map(({ job }) => job));
    let grown = false;
    for (const [index, answer] of answers.entries()) {
      const { row } = asked[index]!;
      if ('error' in answer) problems.set(row.id, answer.error.message);
      else if (appendForwardBars(store, row.id, answer.result.recorded.map(rowOf(now()))) > 0) grown = true;
    }
    let changed = grown;
    for (const { row, subject } of open) if (judge(row, subject)) changed = true;
    if (changed) emit({ type: 'workspace.changed', what: 'forward' });
  }

  async function read(row: ForwardTestRow): Promise<ReadTest> {
    const bars = forwardBars(store, row.id);
    const { configuration } = modelOfVersion(requireVersion(store, row.name, row.version));
    const series = await library.loadSoon(row.symbol, row.timeframe, analysis);
    const paper = tradeOn(bars, configuration);
    return { row, bars, paper, candles: series?.candles, problem: problems.get(row.id) ?? null };
  }

  const looks = createLooks(lookOnce, ({ message }) =>
    feed.error(null, `Forward tests can't go on: ${message}`, SAYS),
  );

  return {
    async list() {
      const all: ForwardTestDto[] = [];
      for (const row of forwardTests(store)) all.push(testDto(await read(row)));
      return all;
    },
    async show(name, version) {
      const row = forwardTests(store, name).find((one) => version === undefined || one.version === version);
      if (row === undefined) throw noTest(name, version);
      return detailDto(await read(row));
    },
    wake(event) {
      if (looks.isEnded || event.type !== 'workspace.changed') return;
      if (event.what === 'series' || event.what === 'registry' || event.what === 'validations')
        void looks.look();
    },
    look: looks.look,
    end() {
      looks.end();
    },
    async idle() {
      await looks.idle();
    },
  };
}

export function noTest(name: string, version: string | undefined): EngineError {
  const which = version === undefined ? '' : ` of version ${version}`;
  return new EngineError(
    'not-found',
    `There is no forward test${which} at ${name}. It begins when a version is put in charge: \`regimen production promote\`. \`regimen forward list\` shows those there are.`,
  );
}
