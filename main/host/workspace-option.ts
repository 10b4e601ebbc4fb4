import { Option } from 'commander';

/** The `--workspace` that every command takes; `REGIMEN_WORKSPACE` says the same, as containers do. */
export const workspaceOption = (byDefault: string): Option =>
  new Option('--workspace <dir>', 'folder that holds candles, database and models')
    .env('REGIMEN_WORKSPACE')
    .default(byDefault, 'the project folder');
