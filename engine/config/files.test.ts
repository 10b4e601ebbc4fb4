import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWorkspaceConfig } from './files.ts';

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'regimen-config-'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

it('is the default one in a workspace without a file of its own', () => {
  expect(readWorkspaceConfig(workspace).training.seed).toBe(42);
});

it("takes the workspace's file over the defaults", () => {
  writeFileSync(join(workspace, 'config.yaml'), 'training:\n  seed: 7\n');
  expect(readWorkspaceConfig(workspace).training).toMatchObject({ members: 3, seed: 7 });
});

it('names the file in a refusal', () => {
  writeFileSync(join(workspace, 'config.yaml'), 'training:\n  sed: 7\n');
  expect(() => readWorkspaceConfig(workspace)).toThrow(
    `${join(workspace, 'config.yaml')} line 2: training.sed: `,
  );
});

it('says when the file is there but not readable', () => {
  mkdirSync(join(workspace, 'config.yaml'));
  expect(() => readWorkspaceConfig(workspace)).toThrow(
    expect.objectContaining({ code: 'file-unreadable', details: { file: join(workspace, 'config.yaml') } }),
  );
});
