import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from '../engine/store/migrate.ts';
import { MIGRATIONS } from '../engine/store/migrations/index.ts';
import { newestSchema } from '../engine/store/newest/text.ts';
import { PROJECT } from '../main/launch/builds.mjs';

/** `npm run schema` writes anew what a new database is made of: after each new migration. */
const db = new Database(':memory:');
migrate(db, MIGRATIONS, ':memory:');
const folder = join(PROJECT, 'engine/store/newest');
for (const [name, text] of Object.entries(newestSchema(db))) writeFileSync(join(folder, name), text);
