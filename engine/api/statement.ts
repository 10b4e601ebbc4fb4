import type { Handlers } from '../contract/api/index.ts';
import {
  compareStatement,
  importStatement,
  listAccounts,
  removeAccount,
  type StatementDeps,
} from '../live/statement/statements.ts';

type StatementMethod = Extract<keyof Handlers, `statement.${string}`>;

export function statementHandlers(
  deps: StatementDeps & { readonly changed: () => void },
): Pick<Handlers, StatementMethod> {
  return {
    'statement.import'(input) {
      const imported = importStatement(deps, input);
      deps.changed();
      return imported;
    },
    'statement.list': () => listAccounts(deps),
    'statement.compare': (input) => compareStatement(deps, input),
    'statement.remove'({ account }) {
      const removed = removeAccount(deps, account);
      if (removed > 0) deps.changed();
      return { removed };
    },
  };
}
