import type { AlertEvent } from '../../engine/contract/dto/index.ts';

export const ALERT_EVENT_TITLES: Readonly<Record<AlertEvent, string>> = {
  'signal-changed': 'Signal changed',
  'regime-changed': 'Regime changed',
  'version-stale': 'Version stale',
  'job-done': 'Job done',
  'gate-failed': 'Gate failed',
  'data-late': 'Data late',
};
