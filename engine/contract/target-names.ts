import { z } from 'zod';
import { orList } from './errors.ts';
import { didYouMean } from './nearest.ts';
import { foundText } from './problems.ts';

/** What a model can learn; see `engine/targets`, where each has a file. */
export const TARGETS = ['return', 'direction', 'barrier', 'outcome'] as const;
export type TargetName = (typeof TARGETS)[number];

/** Of them, those that are about a trade with a take-profit and a stop. */
const TRADE_TARGETS: readonly TargetName[] = ['barrier', 'outcome'];

/** Whether it has a LONG and a SHORT model instead of one. Of a text that is no target: no. */
export function hasTwoModels(target: string): boolean {
  return readTarget(target)?.exits != null;
}

/** Where a trade is left, in multiples of ATR(14) at the close of its signal's bar. */
export interface ExitMultiples {
  readonly takeProfit: number;
  readonly stopLoss: number;
}

/** A target, as it is written: `return`, or `outcome 2:1` with take-profit and stop. */
export interface WrittenTarget {
  readonly name: TargetName;
  /** Of trade targets alone. */
  readonly exits: ExitMultiples | null;
}

export const DEFAULT_EXITS: ExitMultiples = { takeProfit: 2, stopLoss: 1 };

/** Multiples of ATR: less than a twentieth is the spread, more than fifty is never reached. */
const LEAST_MULTIPLE = 0.05;
const MOST_MULTIPLE = 50;

/** The one text that a target is stored and hashed under. */
export function targetText({ name, exits }: WrittenTarget): string {
  return exits === null ? name : `${name} ${exits.takeProfit}:${exits.stopLoss}`;
}

/** Reads what `targetText` wrote; undefined where the text is none of these. */
export function readTarget(text: string): WrittenTarget | undefined {
  const known = targets.get(text);
  if (known !== undefined) return known;
  const read = parse(text);
  // Thousands of cells have the same few.
  if (read !== undefined && targetText(read) === text) targets.set(text, read);
  return read;
}

const targets = new Map<string, WrittenTarget>();

function parse(text: string): WrittenTarget | undefined {
  const [, word, takeProfit, stopLoss] = /^\s*(\w+)(?:\s+(\S+?)\s*:\s*(\S+))?\s*$/.exec(text) ?? [];
  const name = TARGETS.find((one) => one === word?.toLowerCase());
  if (name === undefined) return undefined;
  if (!TRADE_TARGETS.includes(name)) return takeProfit === undefined ? { name, exits: null } : undefined;
  if (takeProfit === undefined) return { name, exits: DEFAULT_EXITS };
  const exits = { takeProfit: Number(takeProfit), stopLoss: Number(stopLoss) };
  return areMultiples(exits) ? { name, exits } : undefined;
}

function areMultiples({ takeProfit, stopLoss }: ExitMultiples): boolean {
  return [takeProfit, stopLoss].every((m) => m >= LEAST_MULTIPLE && m <= MOST_MULTIPLE);
}

/** As it is stored. */
export const targetSchema = z
  .string()
  .refine((text) => {
    const target = readTarget(text);
    return target !== undefined && targetText(target) === text;
  }, 'expected a target as it is stored, such as return or outcome 2:1')
  .meta({ examples: ['return', 'outcome 2:1'] });

const FORMS = `${orList(TARGETS)}; of a trade with other multiples of ATR than ${DEFAULT_EXITS.takeProfit} and ${DEFAULT_EXITS.stopLoss} "outcome 3:1.5" or {target: outcome, take_profit: 3, stop_loss: 1.5}, each from ${LEAST_MULTIPLE} to ${MOST_MULTIPLE}`;

/** As people write it in grid files: a name, a name with take-profit and stop, or the three of them by name. */
export const writtenTarget = z
  .unknown()
  .transform((value, ctx): string => {
    const text = typeof value === 'string' ? value : objectText(value);
    const target = text === undefined ? undefined : readTarget(text);
    if (target !== undefined) return targetText(target);
    const near = typeof value === 'string' ? didYouMean(value, TARGETS) : '';
    ctx.addIssue({ code: 'custom', message: `${foundText(value)} is no target. Use ${FORMS}.${near}` });
    return z.NEVER;
  })
  .meta({ anyOf: documentedForms(), examples: ['direction', 'outcome 3:1.5'] });

/** The forms of a target for documents that programs read. */
function documentedForms() {
  // From LEAST_MULTIPLE to MOST_MULTIPLE.
  const multiple = String.raw`(0\.0[5-9][0-9]*|0\.[1-9][0-9]*|[1-9](\.[0-9]+)?|[1-4][0-9](\.[0-9]+)?|50(\.0+)?)`;
  const trades = TRADE_TARGETS.join('|');
  const others = TARGETS.filter((one) => !TRADE_TARGETS.includes(one)).join('|');
  const multipleOrNothing = { type: ['number', 'null'], minimum: LEAST_MULTIPLE, maximum: MOST_MULTIPLE };
  return [
    { type: 'string', pattern: `^(${others}|(${trades})( ${multiple}:${multiple})?)$` },
    {
      type: 'object',
      properties: {
        target: { type: 'string', enum: TRADE_TARGETS },
        take_profit: multipleOrNothing,
        stop_loss: multipleOrNothing,
      },
      required: ['target'],
      additionalProperties: false,
    },
  ];
}

/**
 * What lists are narrowed to: a target as it is stored, or a name, which of trades means whatever multiples they have. An unknown one stays
 * as it is, and nothing has it.
 */
export const targetFilter = z
  .string()
  .max(100)
  .transform((text) => {
    const target = readTarget(text);
    if (target === undefined) return text.trim();
    return text.includes(':') ? targetText(target) : target.name;
  });

/** Whether a target, as it is stored, is what a `targetFilter` names. */
export function isTarget(target: string, filter: string): boolean {
  return target === filter || target.startsWith(`${filter} `);
}

/** `{target, take_profit, stop_loss}` as a text; undefined where it is none, or has anything else. */
function objectText(value: unknown): string | undefined {
  const {
    target,
    take_profit: takeProfit,
    stop_loss: stopLoss,
    ...others
  } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (typeof target !== 'string' || Object.keys(others).length > 0) return undefined;
  if (takeProfit === undefined && stopLoss === undefined) return target;
  const given = [takeProfit ?? DEFAULT_EXITS.takeProfit, stopLoss ?? DEFAULT_EXITS.stopLoss];
  return given.every((m) => typeof m === 'number') ? `${target} ${given[0]}:${given[1]}` : undefined;
}
