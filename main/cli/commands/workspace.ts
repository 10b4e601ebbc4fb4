import type { RawInput } from '../../../engine/contract/api/index.ts';
import type { BackupDto, CleanupDto, VerifiedKind, VerifyDto } from '../../../engine/contract/dto/index.ts';
import { type CheckedConfig, checkConfig, restoreWorkspace } from '../../../engine/workspace/offline.ts';
import { EXIT_STATUS, EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import { bytes, count } from '../render/format.ts';
import { lookaheadText } from '../render/lookahead.ts';
import { type CliCommand, methodCommand } from './command.ts';

function cleanupText(cleaned: CleanupDto): string {
  const { dryRun, checkpoints, orphans, unfinished, oldOrphans, compressed, shrunk, freedBytes } = cleaned;
  const would = dryRun ? 'would be ' : '';
  const done = [
    [checkpoints, count(checkpoints, 'old checkpoint'), 'removed'],
    [unfinished, count(unfinished, 'unfinished or unneeded file'), 'removed'],
    [oldOrphans, count(oldOrphans, 'old orphan'), 'removed'],
    [orphans, count(orphans, 'file that belongs to no run', 'files that belong to no run'), 'moved aside'],
    [compressed, count(compressed, 'model'), 'compressed'],
    [
      shrunk,
      count(shrunk, 'old run that was not kept', 'old runs that were not kept'),
      shrunk === 1 ? 'left with its contenders' : 'left with their contenders',
    ],
  ] as const;
  const parts = done.flatMap(([number, what, verb]) => (number === 0 ? [] : [`${what} ${would}${verb}`]));
  if (parts.length === 0) return 'There is nothing to clean up.';
  return `${parts.join(', ')}; ${bytes(freedBytes)} ${would}freed.${dryRun ? ' Nothing was changed.' : ''}`;
}

function backupText({ file, bytes: size, files }: BackupDto): string {
  return `${count(files, 'file')} backed up to ${file} (${bytes(size)}).`;
}

function configText({ file, keys, renamed }: CheckedConfig): string {
  const notes = renamed.map(
    ({ path, today, line }) => `line ${line}: ${path} is read; here it is called ${today}.`,
  );
  return [`${file}: all ${keys} keys are fine.`, ...notes].join('\n');
}

const configCheck: CliCommand = {
  path: ['config', 'check'],
  summary: 'check config.yaml; lists every problem at once',
  positionals: [],
  options: [],
  async runOffline(workspace, _input, output) {
    const checked = checkConfig(workspace);
    output.result(checked, () => configText(checked));
    return EXIT_SUCCESS;
  },
};

const restore: CliCommand = {
  path: ['restore'],
  summary: 'put a backup in the place of the workspace; what was there is moved aside',
  positionals: [{ name: 'file', description: 'archive that `regimen backup` wrote' }],
  options: [],
  async runOffline(workspace, { file }, output) {
    const restored = await restoreWorkspace(String(file), workspace);
    output.result(
      restored,
      () => `${count(restored.files, 'file')} restored from ${restored.file} (${bytes(restored.bytes)}).`,
    );
    return EXIT_SUCCESS;
  },
};

/** A checkpoint is a copy itself. */
function sourceText(kind: VerifiedKind, from: string | null): string {
  if (from !== null) return `\n  It can be had from: ${from}`;
  return kind === 'checkpoints' ? '' : '\n  No checkpoint or backup that was found has it.';
}

function verifyText({ counts, problems }: VerifyDto): string {
  const read = [
    'the database',
    count(counts.candles, 'candle file'),
    count(counts.models, 'model'),
    count(counts.checkpoints, 'checkpoint'),
    count(counts.backups, 'backup'),
  ].join(', ');
  if (problems.length === 0) return `All is as it was written: ${read}.`;
  const lines = problems.map(
    ({ kind, path, message, from }) => `${path}: ${message}${sourceText(kind, from)}`,
  );
  return [`${count(problems.length, 'thing')} not as written, of ${read}:`, ...lines].join('\n');
}

const verify: CliCommand = {
  path: ['verify'],
  summary: 'compare database, candles, models, checkpoints and backups with their checksums; changes nothing',
  positionals: [{ name: 'file', description: 'a backup that lies elsewhere', optional: true }],
  options: [],
  async runReading({ call }, { file }, output) {
    const verified = await call('verify.run', file === undefined ? {} : { file: String(file) });
    output.result(verified, () => verifyText(verified));
    return verified.problems.length === 0 ? EXIT_SUCCESS : EXIT_STATUS['artifact-damaged'];
  },
};

const verifyLookahead: CliCommand = {
  path: ['verify', 'lookahead'],
  summary:
    'recompute a strategy of a kept run with the future cut off, and with less and more history before it',
  positionals: [{ name: 'run', description: 'number or UUID of a run whose model is kept' }],
  options: methodOptions('run.lookahead', ['run']),
  async runReading({ call }, input, output) {
    const result = await call('run.lookahead', input as RawInput<'run.lookahead'>);
    output.result(result, () => lookaheadText(result));
    return result.passed ? EXIT_SUCCESS : EXIT_STATUS['validation-failed'];
  },
};

export const workspaceCommands: readonly CliCommand[] = [
  methodCommand(
    'cleanup',
    'cleanup.run',
    'remove old checkpoints and what crashes left, compress old models',
    [],
    cleanupText,
  ),
  methodCommand(
    'backup',
    'backup.create',
    'write the whole workspace into one archive',
    ['file'],
    backupText,
  ),
  restore,
  verify,
  verifyLookahead,
  configCheck,
];
