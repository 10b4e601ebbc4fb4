import type { Database } from 'better-sqlite3';

/**
 * What `npm run schema` writes into the files beside this one, by their names: a database's tables, indexes and triggers as SQLite
 * keeps them, but for the triggers that keep checksums, which `lay-sums.ts` has.
 */
export function newestSchema(db: Database): Readonly<Record<string, string>> {
  const sql = (type: string) =>
    db
      .prepare<[string], string>(
        'SELECT sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY name',
      )
      .pluck()
      .all(type);
  const version = db.pragma('user_version', { simple: true });
  return {
    'tables.ts': moduleOf('Tables', 'TABLES', sql('table')),
    'indexes.ts': moduleOf('Indexes', 'INDEXES', sql('index')),
    'triggers.ts': moduleOf(
      'Triggers',
      'TRIGGERS',
      sql('trigger').filter((text) => !/^CREATE TRIGGER (sums|links)_/.test(text)),
    ),
    'version.ts': `${HEAD}\n/** The migration up to which tables and indexes are those beside this file. */\nexport const VERSION = ${version};\n`,
  };
}

const HEAD = '// Made of the migrations by `npm run schema`. A test compares.';

function moduleOf(what: string, name: string, statements: readonly string[]): string {
  const text = statements.map((statement) => `${statement};\n`).join('');
  return `${HEAD}\n/** ${what} of a new database, each as the migrations leave it. */\nexport const ${name} = \`\n${text}\`;\n`;
}
