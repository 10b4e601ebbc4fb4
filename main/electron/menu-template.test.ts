import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import type { MenuCommand } from '../../engine/contract/bridge.ts';
import { menuTemplate } from './menu-template.ts';

function build(platform: NodeJS.Platform, development: boolean) {
  const sent: MenuCommand[] = [];
  const template = menuTemplate({
    platform,
    development,
    send: (command) => sent.push(command),
    openGrid: () => {},
    showAbout: () => {},
  });
  const items: MenuItemConstructorOptions[] = [];
  const walk = (menu: readonly MenuItemConstructorOptions[]) => {
    for (const item of menu) {
      items.push(item);
      if (Array.isArray(item.submenu)) walk(item.submenu);
    }
  };
  walk(template);
  return { items, sent };
}

test.each(['linux', 'win32', 'darwin'] as const)('on %s every shortcut is there once', (platform) => {
  const shortcuts = build(platform, true).items.flatMap((item) =>
    item.accelerator ? [String(item.accelerator)] : [],
  );
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  expect(shortcuts).toEqual(
    expect.arrayContaining(['CmdOrCtrl+I', 'CmdOrCtrl+N', 'CmdOrCtrl+1', 'CmdOrCtrl+4']),
  );
});

test('development tools are in the menu of developers only', () => {
  const roles = (development: boolean) => build('linux', development).items.map((item) => item.role);
  expect(roles(true)).toContain('toggleDevTools');
  expect(roles(false)).not.toContain('toggleDevTools');
  expect(roles(false)).not.toContain('reload');
});

test('items send their commands', () => {
  const { items, sent } = build('linux', false);
  const click = (label: string) => {
    const item = items.find((candidate) => candidate.label === label);
    (item?.click as unknown as (() => void) | undefined)?.();
  };
  for (const label of [
    'Import Market Data…',
    'New Grid',
    'Start Training',
    'Pause',
    'Resume',
    'Regime Analysis',
  ])
    click(label);
  expect(sent).toEqual([
    { type: 'import' },
    { type: 'new-grid' },
    { type: 'start' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'go', place: 'regimes' },
  ]);
});
