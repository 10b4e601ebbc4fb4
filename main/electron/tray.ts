import { fileURLToPath } from 'node:url';
import { Menu, Tray } from 'electron';

const ICON = fileURLToPath(new URL('../../build/tray.png', import.meta.url));

export interface TrayActions {
  show(): void;
  quit(): void;
}

/** The tray icon: there while the window is hidden and training goes on. */
export function createTray({ show, quit }: TrayActions): {
  open(text: string): void;
  setText(text: string): void;
  close(): void;
} {
  let tray: Tray | undefined;
  return {
    open(text) {
      if (tray === undefined) {
        tray = new Tray(ICON);
        tray.on('click', show);
        tray.setContextMenu(
          Menu.buildFromTemplate([
            { label: 'Show Regimen', click: show },
            { type: 'separator' },
            { label: 'Quit', click: quit },
          ]),
        );
      }
      tray.setToolTip(text);
    },
    setText: (text) => tray?.setToolTip(text),
    close() {
      tray?.destroy();
      tray = undefined;
    },
  };
}
