import type { Handlers, Input } from '../contract/api/index.ts';
import { findChampion } from '../contract/champion-reference.ts';
import { EngineError } from '../contract/errors.ts';
import { modelName } from '../contract/model-name.ts';
import { USER_MODE, writeFileAtomic } from '../files/atomic-write.ts';
import {
  championReport,
  type Followed,
  runReport,
  validationReport,
  versionReport,
} from '../interchange/html/reports.ts';
import { gateBody } from '../registry/report-html.ts';
import { modelNames, type ViewDeps } from '../registry/views.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';

export interface ReportDeps extends ViewDeps {
  readonly claimOutput: ClaimOutput;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  /** What the window shows of each is what a report is made of. */
  readonly views: Pick<Handlers, 'history.get' | 'champions.list' | 'validation.get' | 'run.trace'>;
}

export function reportHandlers(deps: ReportDeps): Pick<Handlers, 'report.write'> {
  return {
    async 'report.write'({ out, overwrite, ...of }) {
      const claimed = out === undefined ? undefined : deps.claimOutput(out, overwrite);
      const text = await reportOf(deps, of);
      const file = claimed ?? exportPath(deps.home, 'report', deps.now(), '.html');
      writeFileAtomic(file, text, USER_MODE);
      return { file };
    },
  };
}

type Subject = Omit<Input<'report.write'>, 'out' | 'overwrite'>;

async function reportOf(
  deps: ReportDeps,
  { run, champion, validation, name, version }: Subject,
): Promise<string> {
  const { views } = deps;
  if (run !== undefined) {
    const detail = await views['history.get']({ run });
    return runReport(detail, await followed(deps, detail.uuid, detail.bestStrategy));
  }
  if (champion !== undefined) {
    const found = findChampion(await views['champions.list']({}), champion);
    return championReport(found, await followed(deps, found.runId, found.strategyIndex, found.regime));
  }
  if (validation !== undefined) return validationReport(await views['validation.get']({ id: validation }));
  return versionReport(versionOf(deps, modelName(name!), version), gateBody);
}

/** A report says what is known: why a model can't be followed stands in place of its curve. */
async function followed(
  { views }: ReportDeps,
  run: string,
  strategyIndex: number | null,
  regime?: string,
): Promise<Followed> {
  if (strategyIndex === null) return { trace: null, reason: null };
  try {
    const trace = await views['run.trace']({
      run,
      strategyIndex,
      ...(regime === undefined ? {} : { regime }),
    });
    return { trace, reason: null };
  } catch (error) {
    // What is damaged is said aloud: a page without it would look whole.
    if (!(error instanceof EngineError) || error.code === 'artifact-damaged') throw error;
    return { trace: null, reason: error.message };
  }
}

/** @throws EngineError `not-found` */
function versionOf(deps: ReportDeps, name: string, version: string | undefined) {
  const all = modelNames(deps);
  const found = all.find((one) => one.name === name);
  if (found === undefined) {
    const names = all.map((one) => one.name).join(', ');
    throw new EngineError(
      'not-found',
      `There is no name ${JSON.stringify(name)} in the registry. ${names === '' ? 'None is there yet.' : `There are ${names}.`}`,
    );
  }
  const wanted = version ?? found.production ?? found.versions[0]?.version;
  const own = found.versions.find((one) => one.version === wanted);
  if (own !== undefined) return own;
  throw new EngineError(
    'not-found',
    `${name} has no version ${wanted}. There are ${found.versions.map((one) => one.version).join(', ')}.`,
  );
}
