import { join } from 'node:path';
import { EngineError } from '../contract/errors.ts';
import { problemLines } from '../contract/problems.ts';
import { makePrivateFolder, writeFileAtomic } from '../files/atomic-write.ts';
import { type Change, editYaml } from './edit.ts';
import { readDefaults, readText, USER_CONFIG_NAME } from './files.ts';
import { loadConfig } from './load.ts';
import { withoutOldNames } from './old-names.ts';
import type { Config } from './schema.ts';
import { readYaml } from './yaml.ts';

/** The configuration of an open workspace: what is in force, and the user's file behind it. */
export interface ConfigStore {
  /** The user's file. */
  readonly file: string;
  readonly defaults: Config;
  current(): Config;
  /** What the user's file says now; empty without one. Throws `file-unreadable`. */
  text(): string;
  /**
   * Sets keys in the user's file, or takes them out, and puts the result in force: all or nothing. `accept` may refuse
   * the new configuration by throwing.
   * @throws EngineError `config-invalid` with every problem, before anything is written
   */
  change(changes: readonly Change[], accept?: (config: Config) => void): Config;
}

/** Throws `file-unreadable`, and `config-invalid` as `loadConfig` does. */
export function openConfigStore(workspace: string): ConfigStore {
  const file = join(workspace, USER_CONFIG_NAME);
  const defaults = readDefaults();
  let current = loadConfig(defaults, readText(file));
  const text = () => readText(file)?.text ?? '';
  return {
    file,
    defaults: loadConfig(defaults),
    current: () => current,
    text,
    change(changes, accept) {
      const before = text();
      // Refuses what the editor would otherwise carry along.
      readYaml(before, file);
      const after = editYaml(before, withoutOldNames(changes));
      const config = check(() => loadConfig(defaults, { file, text: after }));
      accept?.(config);
      makePrivateFolder(workspace);
      writeFileAtomic(file, after);
      current = config;
      return config;
    },
  };
}

/** Lines of a text that was never written say nothing to a reader; the keys do. */
function check<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof EngineError) || error.details.problems === undefined) throw error;
    const { problems, problemCount } = error.details;
    const more = problemCount === undefined ? '' : `\n  and ${problemCount - problems.length} more`;
    throw new EngineError('config-invalid', `Nothing was changed:\n${problemLines(problems)}${more}`, {
      problems: problems.map(({ path, message }) => ({ path, message })),
      ...(problemCount === undefined ? {} : { problemCount }),
    });
  }
}
