import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/**
 * Loaded into a host process before anything else (`node --import`), to have the system below Regimen fail: REGIMEN_FAULT
 * says how. Nothing of Regimen knows of it.
 */
export type Fault =
  | 'no room for models'
  | 'no room for the database'
  | 'read-only models'
  | 'room running out'
  | 'an exception that nobody catches'
  | 'a rejection that nobody catches';

/** Models that can be written before there is no more room. */
const SOUND_MODELS = 3;

const FAULTS: Record<Fault, () => void> = {
  'no room for models'() {
    const models = new Set<number>();
    const { openSync, writeSync } = fs;
    fs.openSync = (path, ...rest) => {
      const file = openSync(path, ...rest);
      if (isModel(path)) models.add(file);
      else models.delete(file);
      return file;
    };
    let written = 0;
    fs.writeSync = ((file: number, ...rest: [Uint8Array]) => {
      if (!models.has(file) || ++written <= SOUND_MODELS) return writeSync(file, ...rest);
      throw systemError('ENOSPC', 'no space left on device, write');
    }) as typeof writeSync;
    syncBuiltinESMExports();
  },

  'read-only models'() {
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => {
      if (isModel(path)) throw systemError('EROFS', `read-only file system, open '${String(path)}'`);
      return openSync(path, ...rest);
    };
    syncBuiltinESMExports();
  },

  'room running out'() {
    const { openSync, statfsSync } = fs;
    let isLow = false;
    fs.openSync = (path, ...rest) => {
      if (isModel(path)) isLow = true;
      return openSync(path, ...rest);
    };
    fs.statfsSync = ((path: string) => {
      const disk = statfsSync(path);
      return isLow ? Object.assign(disk, { bavail: 0 }) : disk;
    }) as typeof statfsSync;
    syncBuiltinESMExports();
  },

  'an exception that nobody catches'() {
    afterFirstModel(() => {
      throw new Error('a promise\nbroken');
    });
  },

  'a rejection that nobody catches'() {
    afterFirstModel(() => void Promise.reject(new Error('a promise\nbroken')));
  },

  'no room for the database'() {
    const { pragma } = Database.prototype;
    Database.prototype.pragma = function (source, options) {
      // Asked for at opening: from then on the file may grow by so many pages and no more.
      if (source.startsWith('foreign_keys')) {
        const pages = pragma.call(this, 'page_count', { simple: true }) as number;
        pragma.call(this, `max_page_count = ${pages + 15}`);
      }
      return pragma.call(this, source, options);
    };
  },
};

/** Runs on its own, below nothing of Regimen's, soon after the first model file is begun. */
function afterFirstModel(run: () => void): void {
  const { openSync } = fs;
  let isFirst = true;
  fs.openSync = (path, ...rest) => {
    if (isModel(path) && isFirst) {
      isFirst = false;
      setTimeout(run, 20);
    }
    return openSync(path, ...rest);
  };
  syncBuiltinESMExports();
}

function isModel(path: fs.PathLike): boolean {
  return /\.model\.[\d-]+\.tmp$/.test(String(path));
}

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

FAULTS[process.env.REGIMEN_FAULT as Fault]();
