import { parseArgs } from 'node:util';
import { build as buildWithElectronVite } from 'electron-vite';
import { build as buildWithVite } from 'vite';
import { currentBuild, PROJECT } from '../../main/launch/builds.mjs';
import viteConfig from '../../vite.config.ts';
import { buildHosts } from './hosts.ts';
import { filesBelow, recordBuild, recordedBuild, sealBuild } from './record-build.ts';

/**
 * `node scripts/builds/build.ts [--sealed] NAME…` builds what is older than its sources: `hosts` (command line and server, one file each),
 * `renderer` (the page), `desktop` (the page and Electron's side). `--sealed`: for a place that the sources do not go to, as an image.
 */
const BUILDS: Readonly<Record<string, () => Promise<unknown>>> = {
  hosts: buildHosts,
  renderer: buildRenderer,
  desktop: buildDesktop,
};

function buildRenderer(): Promise<unknown> {
  return buildWithVite({
    ...viteConfig,
    plugins: [...viteConfig.plugins!, ...recordedBuild('renderer', 'renderer', ['build/public'])],
    configFile: false,
    logLevel: 'warn',
  });
}

/** Its parts come from one configuration that takes no plugin from outside: every file of the product counts as a source. */
async function buildDesktop(): Promise<void> {
  const began = Date.now();
  await buildWithElectronVite({ root: PROJECT, logLevel: 'warn' });
  const page = ['renderer', 'engine/contract', 'build/public'];
  const sources = [...page, 'engine', 'main', 'preload', 'configs'];
  recordBuild('renderer', 'renderer', new Set(page.flatMap((folder) => filesBelow(folder))), began);
  recordBuild('desktop', 'main', new Set(sources.flatMap((folder) => filesBelow(folder))), began);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sealed: { type: 'boolean' } },
});
for (const name of positionals) {
  const build = BUILDS[name];
  if (build === undefined)
    throw new Error(`There is no build "${name}". Use: ${Object.keys(BUILDS).join(', ')}.`);
  if (currentBuild(name) === undefined) await build();
  if (values.sealed === true) sealBuild(name);
}
