import { type BrowserWindow, type Menu, powerSaveBlocker } from 'electron';
import { activeQueue, menuState, type TrainingStatus, trayText } from './training-status.ts';

export interface Surroundings {
  readonly window: BrowserWindow;
  readonly menu: Menu;
  readonly tray: { setText(text: string): void };
}

/** Shows the state of training outside the page: task bar, menu, tray, and a machine that stays awake. */
export function createReflection({ window, menu, tray }: Surroundings): (status: TrainingStatus) => void {
  let blocker: number | undefined;
  return (status) => {
    const queue = activeQueue(status);
    if (queue !== undefined && blocker === undefined)
      blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (queue === undefined && blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
    // Beyond 0..1 there is no bar.
    if (!window.isDestroyed()) window.setProgressBar(queue === undefined ? -1 : queue.progress);
    for (const [id, enabled] of Object.entries(menuState(status))) {
      const item = menu.getMenuItemById(id);
      if (item !== null) item.enabled = enabled;
    }
    tray.setText(trayText(status));
  };
}
