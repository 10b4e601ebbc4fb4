import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { HTTP } from '../engine/contract/bridge.ts';
import { openInBrowser } from '../main/server/open-browser.ts';
import { runServer } from '../main/server/run.ts';
import viteConfig from '../vite.config.ts';

/** The renderer with hot reload in a browser, the real server behind it. `npm run dev -- [workspace]` */
const workspace = process.argv[2] ?? fileURLToPath(new URL('../', import.meta.url));
const server = await runServer({ workspace, port: 0, apiOnly: true });
// The server answers its own origin only; the proxy speaks for the page.
const proxy = { target: server.origin, changeOrigin: true, ws: true, headers: { origin: server.origin } };
const vite = await createServer({
  ...viteConfig,
  configFile: false,
  server: {
    proxy: Object.fromEntries(
      [HTTP.api, HTTP.events, HTTP.upload, HTTP.download, HTTP.start, HTTP.session].map((path) => [
        path,
        proxy,
      ]),
    ),
  },
});
await vite.listen();
const page = vite.resolvedUrls?.local[0];
process.stdout.write(`Regimen is ready for development: ${new URL(new URL(server.link).search, page)}\n`);
openInBrowser(String(new URL(server.startPath(), page)));

async function stop(): Promise<void> {
  await vite.close();
  await server.close();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
