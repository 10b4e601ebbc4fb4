import type { AlertPreset } from './dto/alerts.ts';

const ASKED =
  '"id": "{{id}}", "at": "{{at}}", "event": "{{event}}", "symbol": "{{symbol}}", "timeframe": "{{timeframe}}"';

/** What relays take, as they document it. */
export const ALERT_BODIES: Readonly<Record<AlertPreset, string>> = {
  generic: `{${ASKED}, "title": "{{title}}", "text": "{{text}}"}`,
  ntfy: '{"topic": "{{to}}", "title": "{{title}}", "message": "{{text}}"}',
  slack: '{"text": "*{{title}}*\\n{{text}}"}',
  discord: '{"content": "**{{title}}**\\n{{text}}"}',
  telegram: '{"chat_id": "{{to}}", "text": "{{title}}\\n{{text}}"}',
};

/** Presets that have to know whom a message is for. */
export const ALERT_NEEDS_TO: readonly AlertPreset[] = ['ntfy', 'telegram'];
