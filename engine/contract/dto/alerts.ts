import type { Timeframe } from '../timeframe.ts';

/** What an alert is about. */
export const ALERT_EVENTS = [
  'signal-changed',
  'regime-changed',
  'version-stale',
  'job-done',
  'gate-failed',
  'data-late',
] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

export const ALERT_KINDS = ['desktop', 'webhook', 'file'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Relays whose messages are known; `generic`: the alert as JSON. */
export const ALERT_PRESETS = ['generic', 'ntfy', 'slack', 'discord', 'telegram'] as const;
export type AlertPreset = (typeof ALERT_PRESETS)[number];

/** What somebody is told. */
export interface AlertDto {
  /** The same however often it is sent; `test` in a test is none. */
  readonly id: string;
  readonly at: string;
  readonly event: AlertEvent | 'test';
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  readonly title: string;
  readonly text: string;
}

export interface AlertTargetDto {
  readonly name: string;
  readonly kind: AlertKind;
  /** Address without its secrets, or the file; null of the desktop. */
  readonly to: string | null;
  readonly preset: AlertPreset | null;
  readonly isSigned: boolean;
  /** Empty: all. */
  readonly markets: readonly string[];
  readonly events: readonly AlertEvent[];
  /** Whether it is told names, figures and reasons, too. */
  readonly details: boolean;
  readonly waiting: number;
}

/** An alert that could not be sent. */
export interface UnsentAlertDto extends AlertDto {
  readonly target: string;
  readonly attempts: number;
  /** When it is tried again; null: not by itself. */
  readonly nextAt: string | null;
  readonly error: string | null;
}

export interface AlertsDto {
  readonly targets: readonly AlertTargetDto[];
  readonly unsent: readonly UnsentAlertDto[];
  /** Hosts that webhooks may go to, `live.alert_hosts`. */
  readonly hosts: readonly string[];
}
