import type { Generated } from 'kysely';
import type { AlertEvent } from '../contract/dto/index.ts';

/** Where alerts go. */
export interface AlertTargetsTable {
  name: string;
  /** JSON: `AlertTarget`. */
  options: string;
  /** ms since 1970-01-01 UTC, as all times here. */
  created_at: number;
}

/** What is sent to a target, at least once and always by the same id. */
export interface AlertsTable {
  /** In the order in which they came about. */
  number: Generated<number>;
  id: string;
  target: string;
  /** When it came about. */
  at: number;
  event: AlertEvent;
  /** JSON: `Alert`. */
  alert: string;
  attempts: number;
  /** It is tried again from then on; while it is being sent, from when nobody else is taken to do so. */
  next_at: number;
  sent_at: number | null;
  /** 1: it is not tried any more. */
  given_up: number;
  /** Of the last attempt, a whole sentence. */
  error: string | null;
}

/** What was known of a thing when it was last looked at: an alert is a change of it. */
export interface AlertStatesTable {
  key: string;
  value: string;
}

export interface AlertTables {
  alert_targets: AlertTargetsTable;
  alerts: AlertsTable;
  alert_states: AlertStatesTable;
}
