import type { MenuItemConstructorOptions } from 'electron';
import { type MenuCommand, PLACES, type Place } from '../../engine/contract/bridge.ts';
import type { MenuState } from './training-status.ts';

export interface MenuContext {
  readonly platform: NodeJS.Platform;
  /** Development tools are for developers. */
  readonly development: boolean;
  send(command: MenuCommand): void;
  openGrid(): void;
  showAbout(): void;
}

const PLACE_TITLES: Readonly<Record<Place, string>> = {
  today: 'Today',
  queue: 'Training Queue',
  regimes: 'Regime Analysis',
  evidence: 'Evidence',
  registry: 'Registry',
  live: 'Now',
  history: 'Training History',
  data: 'Data && Settings',
};

/** The application menu. Items of `MenuState` bear its keys as ids, so that they can be switched on and off. */
export function menuTemplate(context: MenuContext): MenuItemConstructorOptions[] {
  const { platform, development, send } = context;
  const mac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const about: MenuItemConstructorOptions = { label: 'About Regimen', click: context.showAbout };
  const training = (id: keyof MenuState, label: string, accelerator: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator,
    enabled: false,
    click: () => send({ type: id }),
  });

  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { label: 'Import Market Data…', accelerator: 'CmdOrCtrl+I', click: () => send({ type: 'import' }) },
      separator,
      { label: 'New Grid', accelerator: 'CmdOrCtrl+N', click: () => send({ type: 'new-grid' }) },
      { label: 'Open Grid…', accelerator: 'CmdOrCtrl+O', click: context.openGrid },
      separator,
      { role: mac ? 'close' : 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      ...PLACES.map(
        (place, i): MenuItemConstructorOptions => ({
          label: PLACE_TITLES[place],
          accelerator: `CmdOrCtrl+${i + 1}`,
          click: () => send({ type: 'go', place }),
        }),
      ),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  return [
    ...(mac
      ? [
          {
            label: 'Regimen',
            submenu: [about, separator, { role: 'hide' }, separator, { role: 'quit' }],
          } as const,
        ]
      : []),
    file,
    { role: 'editMenu' },
    {
      label: '&Training',
      submenu: [
        training('start', 'Start Training', 'CmdOrCtrl+Return'),
        training('pause', 'Pause', 'CmdOrCtrl+Shift+P'),
        training('resume', 'Resume', 'CmdOrCtrl+Shift+R'),
      ],
    },
    view,
    { role: 'windowMenu' },
    ...(mac ? [] : [{ label: '&Help', submenu: [about] }]),
  ] as MenuItemConstructorOptions[];
}
