import type { SurvivalGateLineDto, SurvivalJournalDto, SurvivalModelDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import { decimalText } from '../contract/number-text.ts';
import { storedJson } from '../contract/stored-json.ts';
import {
  insertSurvivalJournal,
  requireSurvivalModel,
  type SurvivalJournalRow,
  survivalInProduction,
  survivalJournal,
  survivalModels,
} from '../store/survival.ts';
import { decodeSurvival } from '../survival/model.ts';
import { survivalModelDto } from '../views/survival.ts';
import type { RegistryDeps } from './deps.ts';

/** Which model of what survives speaks: as versions of a name, with a gate of its own. */
export interface SurvivalRegistry {
  /** Oldest first. */
  list(): SurvivalModelDto[];
  /** The newest, where none is named. @throws EngineError `not-found` */
  get(version: string | undefined): SurvivalModelDto;
  /** What the gate says of a version; changes nothing. */
  gate(version: string | undefined): SurvivalGateLineDto[];
  /** @throws EngineError `gate-failed` with every line that failed; `conflict` where it speaks already */
  promote(
    version: string | undefined,
    options: { readonly force: boolean; readonly reason: string | null },
  ): SurvivalModelDto;
  /** Back to who spoke before, or to any version. @throws EngineError `conflict` where there is none */
  rollback(version: string | undefined, reason: string | null): SurvivalModelDto;
  /** Leaves nobody in charge. @throws EngineError `conflict` where nobody is */
  retire(reason: string | null): string;
  journal(): SurvivalJournalDto[];
}

const SAYS = { source: 'registry/survival:move', topic: 'model' } as const;

export function createSurvivalRegistry(
  deps: Pick<RegistryDeps, 'store' | 'by' | 'now' | 'emit' | 'feed'>,
): SurvivalRegistry {
  const { store, by, now, emit, feed } = deps;

  const get = (version: string | undefined) =>
    survivalModelDto(requireSurvivalModel(store, version), stagesOf(survivalJournal(store)));

  function gate(version: string | undefined): SurvivalGateLineDto[] {
    const speaking = survivalInProduction(store);
    return gateLines(get(version), speaking === null ? undefined : get(speaking));
  }

  function move(
    version: string | null,
    action: string,
    why: {
      readonly reason: string | null;
      readonly skipped: readonly string[];
      readonly gate: readonly SurvivalGateLineDto[] | null;
    },
  ): void {
    // Nobody is put in charge who can't be used.
    if (version !== null) decodeSurvival(requireSurvivalModel(store, version).model);
    store.transaction(() => {
      const from = survivalInProduction(store);
      if (from === version) {
        throw new EngineError('conflict', `Version ${version} of what survives is in production already.`);
      }
      insertSurvivalJournal(store, {
        at: now(),
        action,
        from_version: from,
        to_version: version,
        by,
        reason: why.reason,
        skipped: JSON.stringify(why.skipped),
        gate: why.gate === null ? null : JSON.stringify(why.gate),
      });
    });
    feed.info(
      null,
      `What survives: ${version === null ? 'nobody' : `version ${version}`} is in production (${action})`,
      SAYS,
    );
    emit({ type: 'workspace.changed', what: 'survival' });
  }

  return {
    list() {
      const stages = stagesOf(survivalJournal(store));
      return survivalModels(store).map((row) => survivalModelDto(row, stages));
    },
    get,
    gate,
    promote(wanted, { force, reason }) {
      const { version } = get(wanted);
      const lines = gate(version);
      const failed = lines.filter(({ passed, line }) => !passed && !(force && line === COMPARISON));
      if (failed.length > 0) {
        throw new EngineError(
          'conflict',
          `Version ${version} of what survives is not promoted:\n${failed.map(({ text }) => text).join('\n')}`,
          { lines },
        );
      }
      move(version, 'promoted', { reason, skipped: force ? [COMPARISON] : [], gate: lines });
      return get(version);
    },
    rollback(wanted, reason) {
      const before = survivalJournal(store).findLast(
        ({ action, from_version: from }) =>
          action !== 'registered' && from !== null && from !== survivalInProduction(store),
      )?.from_version;
      const version = wanted ?? before;
      if (version == null) {
        throw new EngineError(
          'conflict',
          'No model of what survives was in production before: there is nobody to go back to.',
        );
      }
      const stages = stagesOf(survivalJournal(store));
      // One that never spoke comes there without the gate.
      const skipped = stages.was.has(version) ? [] : ['gate'];
      move(version, 'rolled back', { reason, skipped, gate: null });
      return get(version);
    },
    retire(reason) {
      const from = survivalInProduction(store);
      if (from === null) throw new EngineError('conflict', 'No model of what survives is in production.');
      move(null, 'retired', { reason, skipped: [], gate: null });
      return from;
    },
    journal: () =>
      survivalJournal(store).map((row) => ({
        at: new Date(row.at).toISOString(),
        action: row.action,
        from: row.from_version,
        to: row.to_version,
        by: row.by,
        reason: row.reason,
        skipped: storedJson<string[]>(row.skipped, 'a line of the journal'),
        gate: row.gate === null ? null : storedJson<SurvivalGateLineDto[]>(row.gate, 'a line of the journal'),
      })),
  };
}

/** Who speaks now, and who ever did. */
export interface SurvivalStages {
  readonly now: string | null;
  readonly was: ReadonlySet<string>;
}

function stagesOf(journal: readonly SurvivalJournalRow[]): SurvivalStages {
  const moves = journal.filter(({ action }) => action !== 'registered');
  return {
    now: moves.at(-1)?.to_version ?? null,
    was: new Set(moves.flatMap(({ to_version }) => to_version ?? [])),
  };
}

const COMPARISON = 'comparison';

/** Two errors, as every gate asks. */
const ERRORS = 2;

/** What is asked of a model of what survives: all on its test rows, which nothing was chosen by. */
function gateLines(model: SurvivalModelDto, production: SurvivalModelDto | undefined): SurvivalGateLineDto[] {
  const { classes, picks } = model;
  const above = (
    line: string,
    name: string,
    value: number | null,
    error: number | null,
  ): SurvivalGateLineDto => ({
    line,
    passed: value !== null && error !== null && value - ERRORS * error > 0.5,
    text: `${name} ${figure(value)} ± ${figure(error)}: it must exceed 0.5 by two errors.`,
  });
  const roiOf = (rule: string) => picks.find((one) => one.rule === rule)?.roi ?? null;
  const [own, sharpe] = [roiOf('likeliest'), roiOf('sharpe')];
  const lines = [
    above('roc_auc', 'ROC AUC', classes.rocAuc, classes.rocAucError),
    above('balanced_accuracy', 'Balanced accuracy', classes.balancedAccuracy, classes.balancedAccuracyError),
    {
      line: 'calibration',
      passed: classes.brier !== null && classes.baseBrier !== null && classes.brier < classes.baseBrier,
      text: `Brier score ${figure(classes.brier)}: it must be below that of always saying the base rate, ${figure(classes.baseBrier)}.`,
    },
    {
      line: 'picks',
      passed: own !== null && sharpe !== null && own >= sharpe,
      text: `Picking the likeliest earns ${figure(own)} of a unit of risk: it must be no less than picking by Sharpe, ${figure(sharpe)}.`,
    },
  ];
  if (production === undefined) return lines;
  const [mine, theirs] = [classes.rocAuc, production.classes.rocAuc];
  const error = Math.hypot(classes.rocAucError ?? 0, production.classes.rocAucError ?? 0);
  return [
    ...lines,
    {
      line: COMPARISON,
      passed: mine !== null && (theirs === null || mine >= theirs - ERRORS * error),
      text: `ROC AUC ${figure(mine)}, in production ${figure(theirs)}: it must not be worse by more than two errors (${figure(ERRORS * error)}).`,
    },
  ];
}

const figure = (value: number | null) => (value === null ? '–' : decimalText(value, 3));
