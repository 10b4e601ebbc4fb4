import { windowsOf } from '../binding/basis.ts';
import type { ContextDeps } from '../binding/run-context.ts';
import { EngineError } from '../contract/errors.ts';
import type { BundleAbout } from '../interchange/metatrader5/about.ts';
import type { Bundle } from '../interchange/metatrader5/bundle.ts';
import { evaluationEnd } from '../pipeline/windows.ts';
import { modelNames } from '../registry/views.ts';
import type { RunRow } from '../store/runs.ts';
import type { Analysis } from '../workers/analysis.ts';
import { liveContext } from './live-context.ts';
import { createSubjects, type Subject, type SubjectDeps } from './subject.ts';

export interface ExpertDeps extends SubjectDeps, Pick<ContextDeps, 'library'> {
  readonly analysis: Analysis;
}

/** Models that leave with their strategy, to trade elsewhere. */
export interface Experts {
  /**
   * The model of a run that is champion, with the strategy that it is champion with. `regime`: where it is champion of several; `rows`: most that its
   * check compares.
   * @throws EngineError `conflict` where it is champion of none, or its candles are gone or changed; `invalid-input` where it is champion of several or
   * of others; as `metatraderBundle`
   */
  ofRun(row: RunRow, regime: string | undefined, rows?: number): Promise<Bundle>;
  /** The model of a version of a name. @throws EngineError as `ofRun`, `not-found` */
  ofVersion(name: string, version: string, rows?: number): Promise<Bundle>;
}

const DAY_MS = 86_400_000;

export function createExperts(deps: ExpertDeps): Experts {
  /** `end`: of the newest bar that the parity rows may show, ms UTC. */
  async function bundleOf(subject: Subject, end: number, rows: number | undefined): Promise<Bundle> {
    const { speaker, basis } = subject;
    const live = await liveContext(deps, subject, end);
    if ('code' in live) throw new EngineError('conflict', live.text);
    const { training, evaluation } = windowsOf(basis);
    const expires = speaker.expiresAt ?? iso(training.to + deps.config().registry.expire_days * DAY_MS);
    const about: BundleAbout = {
      name: speaker.name,
      kind: speaker.kind,
      version: speaker.version,
      regime: speaker.regime,
      title: speaker.title,
      verdict: speaker.verdict,
      verdictReason: speaker.verdictReason,
      figures: subject.figures,
      gate: subject.gate,
      trainedFrom: iso(training.from),
      trainedTo: iso(training.to),
      expiresAt: expires,
      spanStart: evaluation.start,
    };
    const { bytes, file } = subject.model();
    return await deps.analysis.metatraderBundle({
      context: live.context,
      model: bytes,
      file,
      about,
      ...(rows !== undefined && { rows }),
    });
  }

  return {
    async ofRun(row, regime, rows) {
      const places = (await createSubjects(deps).champions()).filter(
        (place) => place.symbol === row.symbol && place.timeframe === row.timeframe,
      );
      const own = places.map((place) => place.subject()).filter(({ speaker }) => speaker.runId === row.uuid);
      const chosen = own.filter(({ speaker }) => regime === undefined || speaker.regime === regime);
      const regimes = own.map(({ speaker }) => speaker.regime).join(', ');
      if (own.length === 0) {
        throw new EngineError(
          'conflict',
          `Run ${row.id} is champion of no regime, so that nothing says by which strategy an expert is to trade. Make a version of it, and export that.`,
        );
      }
      if (chosen.length !== 1) {
        const message =
          regime === undefined
            ? `Run ${row.id} is champion of ${regimes}, each with a strategy of its own: say of which (--regime).`
            : `Run ${row.id} is champion of ${regimes}, not of ${regime}.`;
        throw new EngineError('invalid-input', message, { problems: [{ path: 'regime', message }] });
      }
      const { evaluation } = windowsOf(chosen[0]!.basis);
      // What came in the holdout is shown to nobody before its look is spent.
      const selection = evaluation.windows.find(({ name }) => name === 'selection');
      return await bundleOf(chosen[0]!, selection?.to ?? evaluationEnd(evaluation), rows);
    },

    async ofVersion(name, version, rows) {
      const [named] = modelNames(deps, name);
      if (named === undefined) throw new EngineError('not-found', `There is no version of ${name}.`);
      const subject = createSubjects(deps).version(named, version);
      return await bundleOf(subject, evaluationEnd(windowsOf(subject.basis).evaluation), rows);
    },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
