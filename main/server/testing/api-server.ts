import { parseArgs } from 'node:util';
import { runServer } from '../run.ts';

/** The server without its page, which tests of `npm test` have not built: `node api-server.ts --workspace DIR --port N`. */

const { values } = parseArgs({ options: { workspace: { type: 'string' }, port: { type: 'string' } } });
const { link, close } = await runServer({
  workspace: values.workspace ?? '.',
  port: Number(values.port),
  apiOnly: true,
  // Of tests that ask a thousand times.
  rateLimit: 1_000_000,
});
process.once('SIGINT', () => void close().then(() => process.exit(0)));
console.log(`Regimen is ready: ${link}`);
