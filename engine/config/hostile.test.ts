import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hostileFiles, hostileJson, withstand } from '../testing/hostile.ts';
import { DEFAULT_CONFIG_PATH, readWorkspaceConfig } from './files.ts';
import { readYaml } from './yaml.ts';

/** Whatever config.yaml holds, it is read or refused with its line, soon. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const defaults = readFileSync(DEFAULT_CONFIG_PATH);
function attempt(content: Uint8Array): void {
  writeFileSync(join(folder, 'config.yaml'), content);
  readWorkspaceConfig(folder);
}

describe('a hostile config.yaml', () => {
  beforeAll(() => attempt(defaults));

  it('of other bytes', async () => {
    const inputs = hostileFiles(defaults, 11, 60);
    await withstand({ inputs, attempt, state: () => 0, refused: 20 });
  });

  it('of other values', async () => {
    const good = readYaml(defaults.toString(), 'defaults').value;
    const inputs = hostileJson(good, 12, 120).map(({ title, content }) => ({
      title,
      content: Buffer.from(content),
    }));
    await withstand({ inputs, attempt, state: () => 0, refused: 80 });
  });
});
