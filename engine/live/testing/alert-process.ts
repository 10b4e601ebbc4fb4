import { openStore } from '../../store/database.ts';
import { stubAlerts } from './stub-alerts.ts';

/** A process that has an alert to send: node alert-process.ts DATABASE URL CLOCK. */
const [database, url, clock] = process.argv.slice(2) as [string, string, string];
const store = openStore(database);
const said = { signal: 'none' as 'none' | 'LONG', missing: 0, clock: Number(clock) };
const alerts = stubAlerts(store, said, () => undefined);
const options = { preset: 'generic' as const, markets: [], events: [], details: false };
if (alerts.list().targets.length === 0) await alerts.add({ name: 'phone', kind: 'webhook', url, ...options });
said.signal = 'LONG';
await alerts.look();
store.close();
