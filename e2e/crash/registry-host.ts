import { createEngine } from '../../engine/app.ts';
import { GROWING_PLACE } from '../../engine/testing/growing-market.ts';

/** A process that does one thing to a registry, and kills itself right after the step that REGIMEN_KILL_AT names. */
const [workspace = '', what = '', version] = process.argv.slice(2);
const PLACE = { symbol: 'DEMO_EURUSD', timeframe: 'H4' } as const;
const engine = createEngine({
  workspace,
  role: 'command',
  onCommitStep(step) {
    if (step === process.env.REGIMEN_KILL_AT) process.kill(process.pid, 'SIGKILL');
  },
});
if (what === 'register') await engine.call('production.register', { run: '1' });
if (what === 'promote') {
  await engine.call('production.promote', {
    ...PLACE,
    version,
    skipValidation: true,
    force: true,
    reason: 'killed',
  });
}
if (what === 'rollback') await engine.call('production.rollback', { ...PLACE, version });
if (what === 'update') await engine.call('model.update', GROWING_PLACE);
if (what === 'retire') await engine.call('production.retire', PLACE);
await engine.close();
