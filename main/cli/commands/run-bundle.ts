import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS, EXIT_VALIDATION_FAILED } from '../../host/exit-status.ts';
import { runBundleText, runReplayText } from '../render/run-bundle.ts';
import { type CliCommand, methodCommand } from './command.ts';

export const runBundleCommands: readonly CliCommand[] = [
  methodCommand(
    'run export',
    'run.export',
    'write a run with everything that it was made of, to be trained again anywhere',
    ['run'],
    runBundleText,
  ),
  {
    path: ['run', 'replay'],
    summary: 'train the run of a bundle again, and say what comes out otherwise',
    positionals: [{ name: 'file', description: 'what run export wrote' }],
    options: [],
    async runReading(engine, input, output) {
      const replay = await engine.call('run.replay', input as RawInput<'run.replay'>);
      output.result(replay, () => runReplayText(replay));
      return replay.differenceCount === 0 ? EXIT_SUCCESS : EXIT_VALIDATION_FAILED;
    },
  },
];
