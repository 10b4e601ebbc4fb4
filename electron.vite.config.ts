import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { aboutFile } from './scripts/builds/about-file.ts';
import { contentSecurityPolicy } from './scripts/builds/content-security-policy.ts';
import { filesByUrl } from './scripts/builds/files-by-url.ts';

const at = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [filesByUrl()],
    build: {
      outDir: at('out/main'),
      target: 'node24',
      // As the other hosts (scripts/builds/hosts.ts): what is packed is what is imported, and of it two libraries have files of their own.
      externalizeDeps: false,
      rolldownOptions: {
        checks: { pluginTimings: false },
        external: ['better-sqlite3', 'piscina'],
        input: { index: at('main/electron/index.ts') },
        output: { codeSplitting: false },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: 'node24',
      // A sandboxed preload is a classic script.
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    publicDir: at('build/public'),
    base: './',
    plugins: [react(), contentSecurityPolicy(), aboutFile(at('.'))],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      // Read from this machine, nearly always.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
