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
import { ALERT_EVENT_TITLES } from './alert-events.ts';
import classes from './live.module.css';

const KINDS = [
  { value: 'desktop', label: 'This desktop' },
  { value: 'webhook', label: 'Webhook' },
  { value: 'file', label: 'File' },
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
    notify('Alerts', `${added.name} is told from now on.`);
  };
  return (
    <form className={classes.alertForm} aria-label="Tell somebody" onSubmit={(event) => void add(event)}>
      <TextInput
        label="Name"
        value={draft.name}
        required
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
      />
      <Select
        label="Where to"
        data={KINDS}
        value={draft.kind}
        allowDeselect={false}
        onChange={(kind) => set({ kind: (kind ?? 'desktop') as AlertKind })}
      />
      {draft.kind === 'webhook' ? <WebhookFields draft={draft} set={set} /> : null}
      {draft.kind === 'file' ? (
        <TextInput
          label="File"
          description="Lines of JSON, in the folder exports of the workspace"
          value={draft.file}
          required
          onChange={({ currentTarget }) => set({ file: currentTarget.value })}
        />
      ) : null}
      <TagsInput
        label="Markets"
        placeholder={draft.markets.length === 0 ? 'All' : ''}
        data={known}
        value={[...draft.markets]}
        onChange={(markets) => set({ markets })}
      />
      <MultiSelect
        label="Events"
        placeholder={draft.events.length === 0 ? 'All' : ''}
        data={EVENTS}
        value={[...draft.events]}
        onChange={(events) => set({ events })}
      />
      <Checkbox
        label="Tell names, figures and reasons, too"
        checked={draft.details}
        onChange={({ currentTarget }) => set({ details: currentTarget.checked })}
      />
      <Button type="submit">Add</Button>
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
        label="Whose messages"
        data={ALERT_PRESETS}
        value={preset}
        allowDeselect={false}
        onChange={(value) => set({ preset: (value ?? 'generic') as AlertPreset, body: null })}
      />
      <TextInput
        label="Address"
        value={url}
        required
        onChange={({ currentTarget }) => set({ url: currentTarget.value })}
      />
      {needsTo ? (
        <TextInput
          label={preset === 'ntfy' ? 'Topic' : preset === 'telegram' ? 'Chat id' : 'For whom, {{to}}'}
          value={to}
          required
          onChange={({ currentTarget }) => set({ to: currentTarget.value })}
        />
      ) : null}
      <TextInput
        label="Key of the signature"
        description="Optional: X-Regimen-Signature, HMAC-SHA256"
        value={secret}
        type="password"
        onChange={({ currentTarget }) => set({ secret: currentTarget.value })}
      />
      <div className={classes.body}>
        <Checkbox
          label="Write the message myself"
          checked={body !== null}
          onChange={({ currentTarget }) => set({ body: currentTarget.checked ? ALERT_BODIES[preset] : null })}
        />
        {body === null ? null : (
          <Textarea
            label="Message"
            description="JSON with {{id}} {{at}} {{event}} {{symbol}} {{timeframe}} {{title}} {{text}} {{to}}"
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
