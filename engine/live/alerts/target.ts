import { ALERT_BODIES, ALERT_NEEDS_TO } from '../../contract/alert-bodies.ts';
import type {
  AlertDto,
  AlertEvent,
  AlertKind,
  AlertPreset,
  AlertTargetDto,
} from '../../contract/dto/index.ts';
import { EngineError } from '../../contract/errors.ts';
import { storedJson } from '../../contract/stored-json.ts';
import type { AlertTargetRow } from '../../store/alerts.ts';

/** Where alerts go, as it is kept. */
export interface AlertTarget {
  readonly kind: AlertKind;
  readonly url?: string | undefined;
  readonly preset: AlertPreset;
  readonly to?: string | undefined;
  readonly body?: string | undefined;
  readonly secret?: string | undefined;
  readonly file?: string | undefined;
  readonly markets: readonly string[];
  readonly events: readonly AlertEvent[];
  readonly details: boolean;
}

export const targetOf = ({ name, options }: AlertTargetRow): AlertTarget =>
  storedJson<AlertTarget>(options, `where the alerts of "${name}" go`);

/** What came about, in words for everybody and for those who may know more. */
export interface AlertNews {
  readonly event: AlertEvent;
  readonly symbol: string | null;
  readonly timeframe: AlertDto['timeframe'];
  readonly title: string;
  readonly text: string;
  readonly details: string;
}

/** Whether a target is told of it. */
export function wants({ markets, events }: AlertTarget, { event, symbol, timeframe }: AlertNews): boolean {
  if (events.length > 0 && !events.includes(event)) return false;
  if (markets.length === 0 || symbol === null) return true;
  const names = markets.map((market) => market.toUpperCase());
  return names.includes(symbol) || (timeframe !== null && names.includes(`${symbol} ${timeframe}`));
}

/** The body of a request. @throws EngineError `invalid-input` for a template that makes no JSON, or names what there is not */
export function bodyOf({ preset, body = ALERT_BODIES[preset], to }: AlertTarget, alert: AlertDto): string {
  const values: Readonly<Record<string, string | null | undefined>> = { ...alert, to };
  const filled = body.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
    if (!(name in values)) throw badBody(`{{${name}}} is nothing that an alert has`);
    return JSON.stringify(values[name] ?? '').slice(1, -1);
  });
  try {
    JSON.parse(filled);
  } catch (error) {
    throw badBody(`it makes no JSON (${(error as Error).message})`);
  }
  return filled;
}

function badBody(problem: string): EngineError {
  return new EngineError(
    'invalid-input',
    `The body of a webhook can't be used: ${problem}. Write JSON with {{id}}, {{at}}, {{event}}, {{symbol}}, {{timeframe}}, {{title}}, {{text}} and {{to}} within quotes.`,
  );
}

/** @throws EngineError `invalid-input` for options that do not go together */
export function checkTarget(target: AlertTarget, example: AlertDto): void {
  const { kind, url, file, preset, body, to } = target;
  if (kind === 'webhook') {
    if (url === undefined) throw incomplete('A webhook needs the address that it is sent to: url.');
    if (body === undefined && ALERT_NEEDS_TO.includes(preset) && to === undefined) {
      throw incomplete(`Messages of ${preset} need ${preset === 'ntfy' ? 'a topic' : 'a chat id'}: to.`);
    }
    bodyOf(target, example);
  }
  if (kind === 'file' && !(file ?? '').endsWith('.jsonl')) {
    throw incomplete('Alerts are written to a file whose name ends in .jsonl: file.');
  }
}

const incomplete = (message: string) => new EngineError('invalid-input', message);

/** Without what only its owner should see. */
export function targetDto(row: AlertTargetRow, waiting: number): AlertTargetDto {
  const { kind, url, file, preset, secret, markets, events, details } = targetOf(row);
  return {
    name: row.name,
    kind,
    to: kind === 'file' ? file! : kind === 'webhook' ? `${new URL(url!).origin}/…` : null,
    preset: kind === 'webhook' ? preset : null,
    isSigned: secret !== undefined,
    markets,
    events,
    details,
    waiting,
  };
}
