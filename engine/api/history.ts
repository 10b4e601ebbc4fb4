import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import { tableFormatOf } from '../contract/table-format.ts';
import { createAtomicFile, USER_MODE } from '../files/atomic-write.ts';
import { historyCsv, historyJson, historyParquet, historyTable } from '../interchange/history.ts';
import type { Store } from '../store/database.ts';
import { matchingRuns, searchRuns } from '../store/run-search.ts';
import { requireRun } from '../store/runs.ts';
import { createChampionJudge } from '../validation/champion-judge.ts';
import { runVerdicts } from '../views/champions.ts';
import { runDtos } from '../views/run.ts';
import { runDetail } from '../views/run-detail.ts';
import type { ClaimOutput } from './claim-output.ts';
import { exportPath } from './exports.ts';

type HistoryMethod = Extract<keyof Handlers, `history.${string}`>;

export interface HistoryDeps {
  readonly store: Store;
  /** Folder of what belongs to the user rather than to a workspace: `~/.regimen`. */
  readonly home: string;
  readonly claimOutput: ClaimOutput;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function historyHandlers({
  store,
  home,
  claimOutput,
  now,
}: HistoryDeps): Pick<Handlers, HistoryMethod> {
  const judged = () => runVerdicts(store, createChampionJudge(store));
  return {
    'history.search'({ limit, offset, sort, descending, ...filter }) {
      const { ids, total } = searchRuns(store, filter, { sort, descending }, limit, offset, judged);
      return { runs: runDtos(store, ids), total };
    },

    'history.get': ({ run }) => runDetail(store, requireRun(store, run)),

    async 'history.export'({
      csv,
      columns,
      format: asked,
      overwrite,
      separator,
      decimal,
      sort,
      descending,
      limit,
      offset,
      ...filter
    }) {
      const dialect = { separator: separator === 'tab' ? '\t' : separator, decimal };
      if (dialect.separator === decimal) throw sameSign(decimal);
      const format = tableFormatOf(asked, csv);
      const file =
        csv === undefined
          ? exportPath(home, 'training_history', now(), `.${format}`)
          : claimOutput(csv, overwrite);
      const verdicts = judged();
      const ids = matchingRuns(store, filter, { sort, descending }, limit, offset, () => verdicts);
      const target = createAtomicFile(file, USER_MODE);
      try {
        const table = historyTable(store, ids, verdicts, columns, filter.zone);
        const pieces =
          format === 'parquet'
            ? historyParquet(table)
            : format === 'json'
              ? historyJson(table)
              : historyCsv(table, dialect);
        for (let piece = pieces.next(); ; piece = pieces.next()) {
          if (piece.value !== undefined) target.write(Buffer.from(piece.value));
          if (piece.done) break;
          // Between pieces the host goes on with its other work.
          await nextTurn();
        }
        target.commit();
      } finally {
        target.abort();
      }
      return { file, runs: ids.length };
    },
  };
}

function sameSign(sign: string): EngineError {
  const message = `the separator must be another sign than the decimal point, which is "${sign}"`;
  return new EngineError('invalid-input', `The CSV file can't be written: ${message}.`, {
    problems: [{ path: 'separator', message }],
  });
}
