import '../host/patient-start.ts';
import './plain-schemas.ts';
import { onDefect, saveOnDefect } from '../host/defects.ts';
import { EXIT_TRAINING_FAILED } from '../host/exit-status.ts';
import { onHangup, onReaderGone } from '../host/hangup.ts';
import { runCli } from './program.ts';

// A command that is followed pauses; others have nothing to save, and end as they would by themselves.
onReaderGone(() => undefined);
onHangup(() => {
  if (process.listenerCount('SIGHUP') === 1) process.exit(129);
});
// A command that is running says and saves what it can by itself.
onDefect((error) => {
  if (process.listenerCount('uncaughtException') > 1) return;
  process.stderr.write(`error: ${saveOnDefect(undefined, error, 'cli/regimen:onDefect')}\n`);
  process.exit(EXIT_TRAINING_FAILED);
});
process.exitCode = await runCli(process.argv.slice(2), process.stdout, process.stderr);
