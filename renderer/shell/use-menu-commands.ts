import { useEffect } from 'react';
import type { MenuCommand } from '../../engine/contract/bridge.ts';
import { pauseRunning, resumePaused, startNext } from '../queue/actions.ts';
import { openPreset } from '../queue/draft.ts';
import { client, go, openDialog } from '../state/index.ts';
import { attempt } from '../ui/index.ts';

/** What the native menu and the tray ask for. */
export function useMenuCommands(): void {
  useEffect(() => client().native?.onCommand((command) => void attempt(() => obey(command))), []);
}

async function obey(command: MenuCommand): Promise<void> {
  switch (command.type) {
    case 'go':
      return go(command.place, command.params);
    case 'about':
      return openDialog('about');
    case 'import':
      return go('data', { import: '1' });
    case 'new-grid':
      return go('queue', { new: '1' });
    case 'start':
      return startNext();
    case 'pause':
      return pauseRunning();
    case 'resume':
      return resumePaused();
    case 'open-grid':
      await openPreset(command.text, command.file);
      return go('queue', { new: '1' });
  }
}
