import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { collectNotices } from './notices.ts';

const NAME = 'about.json';

/**
 * Lays beside the page what its About shows: license and author of Regimen, and of all libraries it is delivered with. `project`: its folder, which a
 * configuration that was bundled can't find by itself.
 */
export function aboutFile(project: string): Plugin {
  return {
    name: 'regimen:about-file',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: NAME, source: aboutText(project) });
    },
    configureServer(server) {
      server.middlewares.use(`/${NAME}`, (_request, response) => {
        response.setHeader('content-type', 'application/json').end(aboutText(project));
      });
    },
  };
}

function aboutText(project: string): string {
  const { author } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { author: string };
  const license = readFileSync(join(project, 'LICENSE'), 'utf8');
  // An address that reaches nobody is not shown.
  return JSON.stringify({
    author: author.replace(/ <.*>$/, ''),
    license,
    libraries: collectNotices(project),
  });
}
