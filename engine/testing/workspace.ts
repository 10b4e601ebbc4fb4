import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../app.ts';
import type { GridSpecInput } from '../contract/grid.ts';
import { MARK_NAME } from '../files/folder-mark.ts';
import { ORPHANS } from '../maintenance/orphans.ts';
import { ledgerOf } from './ledger.ts';

/** Few strategies, so that a configuration takes milliseconds, and no tests of champions; frequent checkpoints, so that kills meet them too. */
export const CONFIG = `
storage: { min_free_mb: 0 }
queue: { auto_checkpoint_interval: 5, test_robustness: false }
inference_grid:
  prediction_methods: [direct, direct_multi]
  ensemble_methods: [mean, weighted]
  confidence_thresholds: [0.4]
  lookback_windows: [50]
`;

/** 24 configurations: a few become champions, some of those are pushed out again, one model type is random. */
export const SMALL_GRID: GridSpecInput = {
  name: 'Crash test',
  model_types: ['linear_regression', 'ridge', 'random_forest'],
  symbols: ['DEMO_EURUSD', 'DEMO_USDJPY'],
  timeframes: ['H4'],
  days_history: [60, 120],
  horizons: [3, 6],
  hyperparameters: { random_forest: { n_estimators: 5 } },
};

/** Half of that, without the random ones. */
export const TWELVE: GridSpecInput = {
  ...SMALL_GRID,
  model_types: ['linear_regression', 'ridge', 'lasso'],
  symbols: ['DEMO_EURUSD'],
  hyperparameters: {},
};

/** For the defaults of the configuration: a second's training; some become champions, others are deleted. */
export const SIX: GridSpecInput = {
  name: 'Small grid',
  model_types: ['ridge', 'lasso', 'elasticnet'],
  symbols: ['DEMO_EURUSD'],
  timeframes: ['H1'],
  days_history: [90],
  horizons: [3, 12],
};

/** The folders of one test file. */
export interface Workspaces {
  /** A fresh workspace with the demo market. */
  create(config?: string): string;
  copyOf(workspace: string): string;
  removeAll(): void;
}

export async function prepareWorkspaces(): Promise<Workspaces> {
  const root = mkdtempSync(join(tmpdir(), 'regimen-crash-'));
  const template = join(root, 'template');
  const engine = createEngine({ workspace: template, role: 'command' });
  await engine.call('market.demo', {});
  await engine.close();
  let created = 0;
  return {
    create(config = CONFIG) {
      const workspace = join(root, `workspace-${created++}`);
      cpSync(template, workspace, { recursive: true });
      writeFileSync(join(workspace, 'config.yaml'), config);
      return workspace;
    },
    copyOf(workspace) {
      const copy = join(root, `workspace-${created++}`);
      cpSync(workspace, copy, { recursive: true });
      return copy;
    },
    removeAll: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A folder for a workspace that is not there yet, and one for what belongs to its user. */
export interface EmptyPlace {
  readonly folder: string;
  readonly home: string;
  remove(): void;
}

export function preparePlace(): EmptyPlace {
  const root = mkdtempSync(join(tmpdir(), 'regimen-'));
  const [folder, home] = [join(root, 'workspace'), join(root, 'home')];
  mkdirSync(folder);
  return { folder, home, remove: () => rmSync(root, { recursive: true }) };
}

/** Names of the model files, with a digest of their bytes. Everything in the folder counts but its mark and what was moved aside. */
export function artifactsOf(workspace: string): Record<string, string> {
  const folder = join(workspace, 'artifacts');
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name !== MARK_NAME && name !== ORPHANS)
        .sort()
    : [];
  return Object.fromEntries(names.map((name) => [name, digestOfFile(join(folder, name))]));
}

export function digestOfFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** What a finished workspace holds, as two of them are compared. */
export function outcomeOf(workspace: string) {
  return { ledger: ledgerOf(workspace), artifacts: artifactsOf(workspace) };
}
