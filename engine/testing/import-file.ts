import { GROWING_PLACE } from './growing-market.ts';
import { within } from './within.ts';

/** A process that imports a file into a workspace: node engine/testing/import-file.ts WORKSPACE FILE. */
const [workspace, file] = process.argv.slice(2) as [string, string];
await within(workspace, ({ call }) => call('market.import', { file, ...GROWING_PLACE }));
