import type { ArtifactFolder } from '../artifacts/folder.ts';
import type { ContextDeps } from '../binding/run-context.ts';
import type { Handlers } from '../contract/api/index.ts';
import { findChampion, referencesOf } from '../contract/champion-reference.ts';
import type { ChampionRobustnessDto } from '../contract/dto/index.ts';
import type { EventListener } from '../contract/events.ts';
import { rankedBy } from '../contract/words.ts';
import { dueChampions, testChampions } from '../queue/robustness.ts';
import { type ListedChampion, listedChampions } from '../store/champions.ts';
import type { Store } from '../store/database.ts';
import { otherSymbols, placedChampion, robustnessReader } from '../views/robustness.ts';
import type { Analysis } from '../workers/analysis.ts';

export interface RobustnessHandlerDeps extends ContextDeps {
  readonly analysis: Analysis;
  readonly store: Store;
  readonly artifacts: ArtifactFolder;
  readonly emit: EventListener;
}

export function robustnessHandlers(deps: RobustnessHandlerDeps): Pick<Handlers, 'champions.robustness'> {
  const { store, library, config } = deps;
  return {
    async 'champions.robustness'({ champion: wanted }): Promise<ChampionRobustnessDto[]> {
      const asked = new Map(askedFor(store, wanted).map(({ champion, row }) => [nameOf(row), champion]));
      const score = rankedBy(config().evaluation.score);
      const due = dueChampions(store, score).filter(({ row }) => asked.has(nameOf(row)));
      const failures = await testChampions({ ...deps, tester: deps.analysis }, due);
      if (due.length > failures.length) deps.emit({ type: 'workspace.changed', what: 'champions' });
      const [failure] = failures;
      if (wanted !== undefined && failure !== undefined) throw failure.error;
      const reasons = new Map(failures.map(({ champion, error }) => [nameOf(champion.row), error.message]));
      const robustnessOf = robustnessReader(store);
      // Some may be champions no more since they were asked for.
      return listedChampions(store).flatMap((row) => {
        const champion = asked.get(nameOf(row));
        if (champion === undefined) return [];
        const robustness = robustnessOf(row);
        const isWhole = row.sharpe !== null;
        return {
          champion,
          runId: row.uuid,
          run: row.run_id,
          symbol: row.symbol,
          timeframe: row.timeframe,
          regime: row.regime,
          robustness,
          error: robustness === null ? (reasons.get(nameOf(row)) ?? NOT_OF_TODAY) : null,
          symbols: isWhole ? otherSymbols(store, library, placedChampion(store, row), score) : [],
        };
      });
    },
  };
}

const NOT_OF_TODAY =
  'Its model or figures are damaged, or were computed under rules of another Regimen: train its configuration again.';

const nameOf = (row: ListedChampion) => `${row.regime} ${row.run_id}`;

interface NamedChampion {
  readonly champion: string;
  readonly row: ListedChampion;
}

/** All where none is named. @throws EngineError `invalid-input`, `not-found` */
function askedFor(store: Store, wanted: string | undefined): NamedChampion[] {
  const rows = listedChampions(store);
  const named = referencesOf(rows).map((champion, k) => ({ champion, row: rows[k]! }));
  return wanted === undefined ? named : [findChampion(named, wanted)];
}
