import { EventEmitter } from 'node:events';
import type Electron from 'electron';

type Template = Electron.MenuItemConstructorOptions;

/** An item as main/electron and the specs use it. */
export interface MenuItemDouble extends Pick<Electron.MenuItem, 'label' | 'enabled' | 'id'> {
  readonly accelerator: Template['accelerator'] | undefined;
  readonly role: Template['role'] | undefined;
  readonly submenu: MenuDouble | undefined;
  click(): void;
}

export class MenuDouble {
  static #application: MenuDouble | null = null;
  readonly items: MenuItemDouble[];

  constructor(items: MenuItemDouble[]) {
    this.items = items;
  }

  static buildFromTemplate(template: Template[]): MenuDouble {
    return new MenuDouble(
      template.map((item) => ({
        id: item.id ?? '',
        label: item.label ?? '',
        role: item.role,
        accelerator: item.accelerator,
        enabled: item.enabled ?? true,
        submenu: Array.isArray(item.submenu) ? MenuDouble.buildFromTemplate(item.submenu) : undefined,
        click: () => (item.click as (() => void) | undefined)?.(),
      })),
    );
  }
  static setApplicationMenu(menu: MenuDouble | null): void {
    MenuDouble.#application = menu;
  }
  static getApplicationMenu(): MenuDouble | null {
    return MenuDouble.#application;
  }
  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const inner = item.submenu?.getMenuItemById(id) ?? null;
      if (inner !== null) return inner;
    }
    return null;
  }
}

/** Its static and own members are Electron's by name; items are those of the double. */
MenuDouble satisfies Record<
  keyof Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>,
  unknown
>;

export class TrayDouble
  extends EventEmitter
  implements Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed'>
{
  static readonly all: TrayDouble[] = [];
  readonly image: string;
  toolTip = '';
  menu: MenuDouble | null = null;
  #destroyed = false;

  constructor(image: string) {
    super();
    this.image = image;
    TrayDouble.all.push(this);
  }
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }
  setContextMenu(menu: MenuDouble | null): void {
    this.menu = menu;
  }
  isDestroyed = () => this.#destroyed;
  destroy(): void {
    this.#destroyed = true;
  }
}
