import { Button, Checkbox, MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ALERT_BODIES, ALERT_NEEDS_TO } from '../../engine/contract/alert-bodies.ts';
import type { RawInput } from '../../engine/contract/api/index.ts';
import {
  ALERT_EVENTS,
  ALERT_PRESETS,
  type AlertEvent,
  type AlertKind,
  type AlertPreset,
} from '../../engine/contract/dto/index.ts';
import { call, useWorkspace } from '../state/index.ts';
import { attempt, notify } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ALERT_EVENT_TITLES } from './alert-events.ts';
import classes from './live.module.css';
import { texts } from './texts.ts';

const KINDS = [
  { value: 'desktop', label: texts.thisDesktop },
  { value: 'webhook', label: texts.webhook },
  { value: 'file', label: texts.file },
] as const;
const EVENTS = ALERT_EVENTS.map((value) => ({ value, label: ALERT_EVENT_TITLES[value] }));

interface Draft {
  readonly name: string;
  readonly kind: AlertKind;
  readonly preset: AlertPreset;
  readonly url: string;
  readonly to: string;
  /** Null: that of the preset. */
  readonly body: string | null;
  readonly secret: string;
  readonly file: string;
  readonly markets: readonly string[];
  readonly events: readonly string[];
  readonly details: boolean;
}

const EMPTY: Draft = {
  name: '',
  kind: 'desktop',
  preset: 'ntfy',
  url: 'https://ntfy.sh',
  to: '',
  body: null,
  secret: '',
  file: 'alerts.jsonl',
  markets: [],
  events: [],
  details: false,
};

/** What is asked for: of another kind's fields nothing. */
export function wishOf(draft: Draft): RawInput<'alert.add'> {
  const { name, kind, preset, url, to, body, secret, file, markets, events, details } = draft;
  const webhook = {
    url: url.trim(),
    preset,
    ...(to.trim() === '' ? {} : { to: to.trim() }),
    ...(body === null ? {} : { body }),
    ...(secret === '' ? {} : { secret }),
  };
  return {
    name: name.trim(),
    kind,
    ...(kind === 'webhook' ? webhook : {}),
    ...(kind === 'file' ? { file: file.trim() } : {}),
    markets: [...markets],
    events: events as AlertEvent[],
    details,
  };
}

const NONE: readonly never[] = [];

/** Somebody who is told from now on, in the place of one of the same name. */
export function NewTarget() {
  const [draft, setDraft] = useState(EMPTY);
  const series = useWorkspace((workspace) => workspace.series) ?? NONE;
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const known = [
    ...new Set(series.flatMap(({ symbol, timeframe }) => [symbol, `${symbol} ${timeframe}`])),
  ].sort();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const added = await attempt(() => call('alert.add', wishOf(draft)));
    if (added === undefined) return;
    set({ name: '', secret: '' });
    notify(texts.alerts, texts.nameIsToldFromNow({ name: added.name }));
  };
  return (
    <form className={classes.alertForm} aria-label={texts.tellSomebody} onSubmit={(event) => void add(event)}>
      <TextInput
        label={common.name}
        value={draft.name}
        required
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <Select
        label={texts.whereTo}
        data={KINDS}
        value={draft.kind}
        allowDeselect={false}
        onChange={(kind) => set({ kind: (kind ?? 'desktop') as AlertKind })}
      />
      {draft.kind === 'webhook' ? <WebhookFields draft={draft} set={set} /> : null}
      {draft.kind === 'file' ? (
        <TextInput
          label={texts.file}
          description={texts.linesOfJson}
          value={draft.file}
          required
          onChange={({ currentTarget }) => set({ file: currentTarget.value })}
        />
      ) : null}
      <TagsInput
        label={texts.markets}
        placeholder={draft.markets.length === 0 ? texts.all : ''}
        data={known}
        value={[...draft.markets]}
        onChange={(markets) => set({ markets })}
      />
      <MultiSelect
        label={texts.events}
        placeholder={draft.events.length === 0 ? texts.all : ''}
        data={EVENTS}
        value={[...draft.events]}
        onChange={(events) => set({ events })}
      />
      <Checkbox
        label={texts.tellNames}
        checked={draft.details}
        onChange={({ currentTarget }) => set({ details: currentTarget.checked })}
      />
      <Button type="submit" className={classes.add}>
        {texts.add}
      </Button>
    </form>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  set(change: Partial<Draft>): void;
}

function WebhookFields({ draft, set }: FieldsProps) {
  const { preset, url, to, body, secret } = draft;
  const needsTo = body === null ? ALERT_NEEDS_TO.includes(preset) : body.includes('{{to}}');
  return (
    <>
      <Select
        label={texts.whoseMessages}
        data={ALERT_PRESETS}
        value={preset}
        allowDeselect={false}
        onChange={(value) => set({ preset: (value ?? 'generic') as AlertPreset, body: null })}
      />
      <TextInput
        label={texts.address}
        value={url}
        required
        onChange={({ currentTarget }) => set({ url: currentTarget.value })}
      />
      {needsTo ? (
        <TextInput
          label={preset === 'ntfy' ? texts.topic : preset === 'telegram' ? texts.chatId : texts.forWhomTo}
          value={to}
          required
          onChange={({ currentTarget }) => set({ to: currentTarget.value })}
        />
      ) : null}
      <TextInput
        label={texts.keyOfSignature}
        description={texts.optionalXRegimenSignature}
        value={secret}
        type="password"
        onChange={({ currentTarget }) => set({ secret: currentTarget.value })}
      />
      <div className={classes.body}>
        <Checkbox
          label={texts.writeMessageMyself}
          checked={body !== null}
          onChange={({ currentTarget }) => set({ body: currentTarget.checked ? ALERT_BODIES[preset] : null })}
        />
        {body === null ? null : (
          <Textarea
            label={texts.message}
            description={texts.jsonWithIdAtEvent}
            rows={4}
            maxLength={5000}
            value={body}
            onChange={({ currentTarget }) => set({ body: currentTarget.value })}
          />
        )}
      </div>
    </>
  );
}
