import { readValue } from '../ui/json-schema.ts';
import type { SettingField } from './fields.ts';
import { texts } from './texts.ts';

/** What was typed for a setting, as text; null takes the default again. */
export type Edit = string | readonly string[] | boolean | null;
export type Edits = Readonly<Record<string, Edit>>;

export type Reading = { readonly value: unknown } | { readonly problem: string };

/** What an edit sets the field to, or what is wrong with it. */
export function readEdit(field: SettingField, edit: Edit): Reading {
  const { parameter, read } = field;
  if (edit === null || typeof edit === 'boolean') return { value: edit };
  if (typeof edit === 'string') {
    const text = valueCalled(field, edit);
    if (read !== undefined) return read(text);
    const reading = readValue(parameter, text);
    return 'problem' in reading ? { problem: texts.pleaseUseProblem({ problem: reading.problem }) } : reading;
  }
  if (edit.length === 0) return { problem: texts.giveAtLeastOneValue };
  const readings = edit.map((text) => readValue(parameter, text));
  const wrong = readings.findIndex((reading) => 'problem' in reading);
  if (wrong >= 0)
    return {
      problem: texts.editUseProblem({
        edit: edit[wrong],
        problem: (readings[wrong] as { problem: string }).problem,
      }),
    };
  return { value: readings.map((reading) => (reading as { value: unknown }).value) };
}

/** A value may be written as it is called, too. */
function valueCalled({ titles }: SettingField, text: string): string {
  const called = text.trim().toLowerCase();
  return Object.keys(titles).find((value) => titles[value]!.toLowerCase() === called) ?? text;
}

/** What stands in the field: the edit if there is one, else the value in force. */
export function shownValue(
  field: SettingField,
  edit: Edit | undefined,
): string | readonly string[] | boolean {
  const value = edit === undefined ? field.value : edit === null ? field.fallback : edit;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null ? '' : String(value);
}

/** Equal as the configuration sees it. */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Whether the field stands at something else than its default, edits included. */
export function isChanged(field: SettingField, edit: Edit | undefined): boolean {
  if (edit === undefined) return !sameValue(field.value, field.fallback);
  if (edit === null) return false;
  const reading = readEdit(field, edit);
  return 'problem' in reading || !sameValue(reading.value, field.fallback);
}

/** What is to be saved, and how many fields are wrong. Edits that change nothing are left out. */
export function collectChanges(fields: readonly SettingField[], edits: Edits) {
  const changes: Record<string, unknown> = {};
  let wrong = 0;
  for (const field of fields) {
    const edit = edits[field.path];
    if (edit === undefined) continue;
    const reading = readEdit(field, edit);
    if ('problem' in reading) wrong++;
    else if (!sameValue(reading.value ?? field.fallback, field.value)) changes[field.path] = reading.value;
  }
  return { changes, count: Object.keys(changes).length, wrong };
}

/** Problems that the engine found, per field: `queue.threads`, or `…thresholds[2]` for an entry of a list. */
export function settingProblems(
  problems: readonly { readonly path: string; readonly message: string }[],
  fields: readonly SettingField[],
) {
  const byPath: Record<string, string> = {};
  const rest: { readonly path: string; readonly message: string }[] = [];
  for (const problem of problems) {
    const field = fields.find(({ path }) => problem.path === path || problem.path.startsWith(`${path}[`));
    if (field === undefined) rest.push(problem);
    else byPath[field.path] = [byPath[field.path], problem.message].filter(Boolean).join(' ');
  }
  return { byPath, rest };
}
