import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Change } from '../config/edit.ts';
import { readDefaults } from '../config/files.ts';
import { helpOf } from '../config/help.ts';
import { renamedKeys } from '../config/load.ts';
import { configSchema } from '../config/schema.ts';
import { settingKeys } from '../config/setting-keys.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Handlers } from '../contract/api/index.ts';
import type { SettingsDto } from '../contract/dto/index.ts';
import { EngineError } from '../contract/errors.ts';
import type { EventListener } from '../contract/events.ts';
import { ACTIVE_STATES } from '../queue/states.ts';
import type { Store } from '../store/database.ts';
import { queuesInStates } from '../store/queues.ts';
import { syncRegimes } from '../store/regimes.ts';
import { modelStorage } from '../store/run-totals.ts';

type SettingsMethod = Extract<keyof Handlers, `settings.${string}`>;

export interface SettingsDeps {
  readonly store: Store;
  readonly configs: ConfigStore;
  readonly emit: EventListener;
}

/** What is said of the settings themselves; the same for every workspace. */
type Explanation = Pick<SettingsDto, 'help' | 'schema'>;

export function settingsHandlers(deps: SettingsDeps): Pick<Handlers, SettingsMethod> {
  let explanation: Explanation | undefined;
  function settings(): SettingsDto {
    explanation ??= {
      help: helpOf(readDefaults().text),
      schema: z.toJSONSchema(configSchema, { io: 'input' }),
    };
    return settingsDto(deps, explanation);
  }
  return {
    'settings.get': settings,
    'settings.set'({ changes }) {
      changeConfig(
        deps,
        Object.entries(changes).map(([path, value]) => ({
          keys: settingKeys(path),
          value: value ?? undefined,
        })),
      );
      return settings();
    },
  };
}

/**
 * Changes the workspace's configuration file and everything that follows from it.
 * @throws EngineError `config-invalid` with every problem, or `conflict`, before anything is written
 */
export function changeConfig({ store, configs, emit }: SettingsDeps, changes: readonly Change[]): void {
  const before = configs.current();
  const after = configs.change(changes, ({ storage }) => {
    const { kept } = modelStorage(store);
    if (kept === 0 || storage.artifacts_dir === before.storage.artifacts_dir) return;
    throw new EngineError(
      'conflict',
      `storage.artifacts_dir can't be changed here while ${kept} models lie in ${before.storage.artifacts_dir}. ` +
        `Close Regimen, move that folder, and change the key in ${configs.file}.`,
    );
  });
  if (!isDeepStrictEqual(before.regimes, after.regimes)) {
    syncRegimes(store, after.regimes.definitions);
    emit({ type: 'workspace.changed', what: 'regimes' });
  }
  if (!isDeepStrictEqual({ ...before, regimes: after.regimes }, after)) {
    emit({ type: 'workspace.changed', what: 'settings' });
  }
}

function settingsDto({ configs, store }: SettingsDeps, explanation: Explanation): SettingsDto {
  const [running] = queuesInStates(store, ACTIVE_STATES);
  const restart = 'Log and folder settings count when Regimen is next opened.';
  return {
    file: configs.file,
    text: configs.text(),
    renamed: renamedKeys({ file: configs.file, text: configs.text() }),
    values: configs.current(),
    defaults: configs.defaults,
    ...explanation,
    note:
      running === undefined
        ? `Changes count from the next queue that is started or resumed. ${restart}`
        : `Queue "${running.name}" goes on with the settings it was started with; changes count when a queue is next started or resumed. ${restart}`,
  };
}
