import { onHangup, onReaderGone } from '../host/hangup.ts';
import { runCli } from './program.ts';

// A command that is followed pauses; others have nothing to save, and end as they would by themselves.
onReaderGone(() => undefined);
onHangup(() => {
  if (process.listenerCount('SIGHUP') === 1) process.exit(129);
});
process.exitCode = await runCli(process.argv.slice(2), process.stdout, process.stderr);
