import type { RawInput } from '../../../engine/contract/api/index.ts';
import { EXIT_SUCCESS } from '../../host/exit-status.ts';
import { methodOptions } from '../method-options.ts';
import { arrivalsText, filesText, fileText, unwatchedText, watchedText } from '../render/watched.ts';
import { untilStopped } from '../until-stopped.ts';
import { type CliCommand, methodCommand } from './command.ts';

const watchCommand: CliCommand = {
  path: ['market', 'watch'],
  summary: 'go on importing what a terminal exports to a folder, until Ctrl-C',
  positionals: [{ name: 'folder', description: 'the folder that it exports to' }],
  options: methodOptions('market.watch', ['folder']),
  async run(engine, input, output) {
    const unsubscribe = engine.subscribe((event) => {
      if (event.type === 'market.watched') {
        output.log(fileText(event), event.level);
      }
    });
    try {
      const { folder } = await engine.call('market.watch', input as RawInput<'market.watch'>);
      output.log(`Watching ${folder}. Press Ctrl-C to stop.`);
      await untilStopped(output);
      const watched = await engine.call('market.watched', {});
      const now = watched.filter((one) => one.folder === folder);
      output.result(now, () => now.map(filesText).join('\n'));
      output.log(
        'Stopped here. The folder stays on the list: a window or server on this workspace goes on with it, and so does this command. `regimen market unwatch` takes it off.',
      );
      return EXIT_SUCCESS;
    } finally {
      unsubscribe();
    }
  },
};

export const watchCommands: readonly CliCommand[] = [
  watchCommand,
  methodCommand(
    'market watched',
    'market.watched',
    'list the folders that are watched, and what became of each file',
    [],
    watchedText,
  ),
  methodCommand(
    'market corrections',
    'market.arrivals',
    'list bars that were corrected, or that came when later ones were there',
    [],
    arrivalsText,
  ),
  methodCommand(
    'market unwatch',
    'market.unwatch',
    'watch a folder no more; what was imported stays',
    ['folder'],
    unwatchedText,
  ),
];
