import type { AlertEvent } from '../../engine/contract/dto/index.ts';
import { texts } from './texts.ts';

export const ALERT_EVENT_TITLES: Readonly<Record<AlertEvent, string>> = texts.alertEventTitles;
