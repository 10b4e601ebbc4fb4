import type { ValidationBriefDto } from '../contract/dto/index.ts';
import type { Store } from '../store/database.ts';
import { foldsOf, knownFolds, type ValidationRow, validationsOf } from '../store/validations.ts';
import { outOfSample } from './champion-judge.ts';
import { readSpec, type ValidationSpec } from './spec.ts';
import { titleOf } from './to-dto.ts';
import { verdictOf } from './verdict.ts';
import { type JudgedModel, readVerdicts, subjectOf, subjectOfSpec, type Verdicts } from './verdicts.ts';

/**
 * The validations of a model, or, of null, of procedures: of each subject and scheme the one that was asked for last, the one that
 * gives a model's verdict first, then the newest. Only what was validated as a whole is read as a curve.
 * @throws EngineError `artifact-damaged` where a validation is not what was written
 */
export function validationBriefs(store: Store, model: JudgedModel | null): ValidationBriefDto[] {
  const wanted = model === null ? null : subjectOf(model);
  const latest = new Map<string, { readonly row: ValidationRow; readonly spec: ValidationSpec }>();
  for (const row of validationsOf(store)) {
    if (model !== null && (row.symbol !== model.symbol || row.timeframe !== model.timeframe)) continue;
    const spec = readSpec(row.spec);
    if (wanted === null && spec.procedure === undefined) continue;
    const subject = subjectOfSpec(spec);
    if (wanted !== null && subject !== wanted) continue;
    latest.set(`${row.symbol} ${row.timeframe} ${row.scheme} ${subject}`, { row, spec });
  }
  const verdicts = readVerdicts(store);
  const decisive = model === null ? null : verdicts.decisive(model);
  return [...latest.values()]
    .map(({ row, spec }) => briefOf(store, verdicts, { row, spec, decisive: decisive ?? row.id }))
    .sort((a, b) => Number(b.decisive) - Number(a.decisive) || b.id - a.id);
}

interface Read {
  readonly row: ValidationRow;
  readonly spec: ValidationSpec;
  readonly decisive: number;
}

function briefOf(store: Store, verdicts: Verdicts, { row, spec, decisive }: Read): ValidationBriefDto {
  const folds = foldsOf(store, row.id);
  const known = knownFolds(
    store,
    folds.map(({ key }) => key),
  );
  const tested = verdicts.ofValidation(row);
  const judgment = verdictOf({ claim: null, tested, holdout: null });
  return {
    id: row.id,
    jobId: row.queue_id,
    scheme: row.scheme,
    subject: spec.procedure === undefined ? 'model' : 'procedure',
    symbol: row.symbol,
    timeframe: row.timeframe,
    title: titleOf(spec),
    createdAt: new Date(row.created_at).toISOString(),
    decisive: row.id === decisive,
    folds: spec.folds.filter(({ kind }) => kind === 'rolling').length,
    pending: folds.filter(({ key, error }) => !known.has(key) && error === null).length,
    outOfSample: tested && outOfSample(tested),
    verdict: judgment?.verdict ?? null,
    verdictReason: judgment?.reason ?? null,
  };
}
