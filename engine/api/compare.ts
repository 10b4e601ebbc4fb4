import type { Handlers } from '../contract/api/index.ts';
import { findChampion } from '../contract/champion-reference.ts';
import type { ChampionDto, CompareSubjectDto, ModelNameDto, RunDetailDto } from '../contract/dto/index.ts';
import { EngineError, toErrorDto } from '../contract/errors.ts';
import { BEST_EVIDENCE_FIRST, verdictText } from '../contract/verdict.ts';
import { type Compared, compareRows, dailyEquity, joinedEquity } from '../views/compare.ts';

export interface CompareDeps {
  readonly champions: () => Promise<readonly ChampionDto[]>;
  readonly history: Pick<Handlers, 'history.get'>;
  readonly traces: Pick<Handlers, 'run.trace'>;
  readonly names: () => readonly ModelNameDto[];
}

interface Subject {
  readonly subject: Omit<CompareSubjectDto, 'missing' | 'strategyIndex'>;
  readonly compared: Compared;
  /** What is followed; null where the run is gone, or has no strategy. */
  readonly followed: {
    readonly run: string;
    readonly strategyIndex: number;
    readonly regime?: string;
  } | null;
}

export function compareHandlers(deps: CompareDeps): Pick<Handlers, 'compare.show'> {
  const { history, traces } = deps;

  async function ofRun(reference: string, champions: readonly ChampionDto[]): Promise<Subject> {
    const run = await history['history.get']({ run: reference });
    const place = placeOf(run, champions);
    const best = run.strategies.find(({ index }) => index === run.bestStrategy);
    return {
      subject: { kind: 'run', reference, title: `Run ${run.id}`, run: run.id, regime: null },
      compared: {
        configuration: run,
        strategy: best ?? null,
        figures: run,
        verdict: place === undefined ? null : verdictText(place.verdict),
        p: place?.p ?? null,
        outOfSample: place?.outOfSample ?? null,
        run,
      },
      followed: best === undefined ? null : { run: run.uuid, strategyIndex: best.index },
    };
  }

  async function ofChampion(reference: string, champions: readonly ChampionDto[]): Promise<Subject> {
    const champion = findChampion(champions, reference);
    const run = await history['history.get']({ run: champion.runId });
    const { strategy, strategyIndex, regime, verdict, p, outOfSample } = champion;
    return {
      subject: { kind: 'champion', reference, title: champion.champion, run: run.id, regime },
      compared: {
        configuration: run,
        strategy,
        figures: champion,
        verdict: verdictText(verdict),
        p,
        outOfSample,
        run,
      },
      followed: { run: run.uuid, strategyIndex, regime },
    };
  }

  async function ofVersion(reference: string): Promise<Subject> {
    const at = reference.lastIndexOf('@');
    const [name, wanted] = [reference.slice(0, at).trim(), reference.slice(at + 1).trim()];
    const names = deps.names();
    const version = names
      .find((one) => one.name === name || `${one.name} all` === name)
      ?.versions.find((one) => one.version === wanted);
    if (version === undefined) {
      const known = names.map((one) => `${one.name}@${one.versions.at(-1)?.version ?? ''}`).join(', ');
      throw new EngineError(
        'not-found',
        `There is no version "${wanted}" of "${name}". ${known === '' ? 'Nothing is in the registry yet.' : `There are ${known}.`}`,
      );
    }
    const { regime, strategy, figures, configuration } = version;
    const run =
      version.run === null ? null : await found(() => history['history.get']({ run: version.run! }));
    const own = run?.strategies.find(
      (one) =>
        one.predictionMethod === strategy.predictionMethod &&
        one.ensembleMethod === strategy.ensembleMethod &&
        one.confidenceThreshold === strategy.confidenceThreshold &&
        one.lookbackWindow === strategy.lookbackWindow,
    );
    return {
      subject: {
        kind: 'version',
        reference,
        title: `${version.name} ${version.version}`,
        run: run?.id ?? null,
        regime,
      },
      compared: { configuration, strategy, figures, verdict: null, p: null, outOfSample: null, run },
      followed:
        run === null || own === undefined
          ? null
          : { run: run.uuid, strategyIndex: own.index, ...(regime === null ? {} : { regime }) },
    };
  }

  return {
    async 'compare.show'({ of, curves }) {
      const champions = await deps.champions();
      const subjects: Subject[] = [];
      for (const reference of new Set(of)) {
        subjects.push(
          reference.includes('@')
            ? await ofVersion(reference)
            : reference.includes('/')
              ? await ofChampion(reference, champions)
              : await ofRun(reference, champions),
        );
      }
      const followed: Curve[] = [];
      for (const { followed: what, compared } of subjects)
        followed.push(curves ? await curveOf(traces, what, compared.run?.missingTable ?? null) : NOT_ASKED);
      return {
        subjects: subjects.map(({ subject, followed: what }, at) => ({
          ...subject,
          strategyIndex: what?.strategyIndex ?? null,
          missing: followed[at]!.missing,
        })),
        rows: compareRows(subjects.map(({ compared }) => compared)),
        curve: joinedEquity(followed.map(({ curve }) => curve)),
      };
    },
  };
}

/** Equity by day, or why there is none. */
interface Curve {
  readonly curve: ReadonlyMap<string, number> | null;
  readonly missing: string | null;
}

const NOT_ASKED: Curve = { curve: null, missing: null };

/** A model that is not there any more is no reason to compare nothing. */
async function curveOf(
  traces: CompareDeps['traces'],
  what: Subject['followed'],
  lacks: string | null,
): Promise<Curve> {
  if (what === null) {
    return { curve: null, missing: lacks ?? 'There is no strategy of a stored run to follow.' };
  }
  try {
    return { curve: dailyEquity(await traces['run.trace'](what)), missing: null };
  } catch (error) {
    const { code, message } = toErrorDto(error);
    // A file that is not what was written is something else than one that selection deleted.
    return { curve: null, missing: code === 'artifact-damaged' ? `Damaged: ${message}` : message };
  }
}

async function found(get: () => Promise<RunDetailDto> | RunDetailDto): Promise<RunDetailDto | null> {
  try {
    return await get();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Of several places that a run has the one with the best evidence. */
function placeOf({ uuid }: RunDetailDto, champions: readonly ChampionDto[]): ChampionDto | undefined {
  const rank = ({ verdict }: ChampionDto) => BEST_EVIDENCE_FIRST.indexOf(verdict);
  return champions.filter(({ runId }) => runId === uuid).toSorted((a, b) => rank(a) - rank(b))[0];
}
