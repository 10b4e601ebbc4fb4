import { parseArgs } from 'node:util';
import { runServer } from '../run.ts';

/**
 * The server without its page, which tests of `npm test` have not built: `node api-server.ts --workspace DIR --port N`, for other machines
 * with `--host ADDRESS --cert FILE --key FILE`.
 */

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { workspace: text, port: text, host: text, cert: text, key: text } });
const { host, cert, key } = values;
const { link, close } = await runServer({
  workspace: values.workspace ?? '.',
  port: Number(values.port),
  apiOnly: true,
  host,
  ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
  // Of tests that ask a thousand times.
  rateLimit: 1_000_000,
});
process.once('SIGINT', () => void close().then(() => process.exit(0)));
console.log(`Regimen is ready: ${link}`);
