import type { Handlers } from '../contract/api/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { Store } from '../store/database.ts';
import { deleteView, savedViews, saveView } from '../store/views.ts';

type ViewMethod = Extract<keyof Handlers, `views.${string}`>;

export interface ViewDeps {
  readonly store: Store;
  readonly changed: () => void;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export function viewHandlers({ store, changed, now }: ViewDeps): Pick<Handlers, ViewMethod> {
  return {
    'views.list': () => savedViews(store),

    'views.save'(view) {
      const at = now();
      store.transaction(() => saveView(store, view, at));
      changed();
      return { ...view, savedAt: new Date(at).toISOString() };
    },

    'views.remove'({ table, name }) {
      const known = savedViews(store).filter((one) => one.table === table);
      const view = known.find((one) => one.name === name);
      if (view === undefined) {
        const names = known.map((one) => one.name).join(', ');
        throw new EngineError(
          'not-found',
          `There is no view "${name}" of ${table}: ${names === '' ? 'none was saved' : `there are ${names}`}.`,
        );
      }
      store.transaction(() => deleteView(store, table, name));
      changed();
      return view;
    },
  };
}
