import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../main/launch/builds.mjs';
import { references } from './references.ts';

/** `npm run reference` writes docs/reference anew. */
const folder = join(PROJECT, 'docs/reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(await references())) writeFileSync(join(folder, name), text);
