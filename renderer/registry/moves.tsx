import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelNameDto, VersionDto } from '../../engine/contract/dto/index.ts';
import { OWN_ALIASES } from '../../engine/contract/registry.ts';
import { readTarget } from '../../engine/contract/target-names.ts';
import { EMPTY_GATE, type GateDraft, GateFields, gateInput } from '../gate/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatDay, notify } from '../ui/index.ts';
import { Dialog, ReasonField, reasonOf } from './dialog.tsx';
import type { PlaceInput } from './name-page.tsx';

/** What every dialog about a name is given. */
export interface MoveProps {
  readonly name: ModelNameDto;
  readonly input: PlaceInput;
  readonly opened: boolean;
  onClose(): void;
  /** Does something and shows that it is being done. */
  act(what: string, work: () => Promise<unknown>): Promise<void>;
}

/** Asks the gate of a version, and puts it in charge where it passes. */
export function PromoteDialog({
  name,
  input,
  version,
  act,
  ...dialog
}: MoveProps & { readonly version: VersionDto }) {
  const [gate, setGate] = useState<GateDraft>(EMPTY_GATE);
  const hasProduction = name.production !== null && name.production !== version.version;
  const asked = { ...input, version: version.version, ...gateInput(gate) };
  const isSkipped = gate.skipValidation || (gate.force && hasProduction);
  const promote = () =>
    act(`promote ${version.version}`, async () => {
      const done = await attempt(() => call('production.promote', asked));
      if (done === undefined) return;
      if (done.promoted) notify('Promoted', `Version ${version.version} is in production.`);
      else notify('Not promoted', 'The gate refuses it: its report says why.');
    });
  return (
    <Dialog
      {...dialog}
      title={`Promote ${version.version}?`}
      consequence={
        gate.skipValidation && (gate.force || !hasProduction)
          ? 'It is put in charge at once: nothing is tested. The look at its market’s holdout is spent.'
          : 'The gate is asked first: models are trained in its test windows, which takes a while. It is put in charge where the gate passes it; then the look at its market’s holdout is spent.'
      }
      confirm={isSkipped ? 'Promote with that left out' : 'Ask the gate'}
      grave={isSkipped}
      onConfirm={() => void promote()}
    >
      <GateFields
        value={gate}
        hasProduction={hasProduction}
        hasClasses={hasClasses(version)}
        onChange={(changes) => setGate({ ...gate, ...changes })}
      />
    </Dialog>
  );
}

/** Asks the gate and puts nothing in charge. */
export function AskDialog({
  name,
  input,
  version,
  act,
  ...dialog
}: MoveProps & { readonly version: VersionDto }) {
  const [gate, setGate] = useState<GateDraft>(EMPTY_GATE);
  const { reason: _none, ...asked } = gateInput(gate);
  const ask = () =>
    act(`ask ${version.version}`, async () => {
      const report = await attempt(() =>
        call('production.validate', { ...input, version: version.version, ...asked }),
      );
      if (report !== undefined) {
        notify(report.passed ? 'The gate passes it' : 'The gate refuses it', 'Its report says why.');
      }
    });
  return (
    <Dialog
      {...dialog}
      title={`Ask the gate of ${version.version}?`}
      consequence="Models are trained in its test windows, which takes a while. Nothing is put in charge; what the gate said stands in the journal."
      confirm="Ask the gate"
      onConfirm={() => void ask()}
    >
      <GateFields
        value={gate}
        hasProduction={name.production !== null && name.production !== version.version}
        hasClasses={hasClasses(version)}
        withoutReason
        onChange={(changes) => setGate({ ...gate, ...changes })}
      />
    </Dialog>
  );
}

function hasClasses({ configuration }: VersionDto): boolean {
  const target = readTarget(configuration.target)?.name;
  return target === 'direction' || target === 'barrier';
}

/** Back to a version: the one before, or any. */
export function RollbackDialog({ name, input, act, ...dialog }: MoveProps) {
  const { previous } = name.aliases;
  const [version, setVersion] = useState(previous === name.production ? null : (previous ?? null));
  const [reason, setReason] = useState('');
  const chosen = name.versions.find((one) => one.version === version);
  const isUnasked = chosen !== undefined && chosen.stage !== 'Archived' && version !== previous;
  const rollback = () =>
    act('rollback', async () => {
      const done = await attempt(() =>
        call('production.rollback', { ...input, version: version!, ...reasonOf(reason) }),
      );
      if (done !== undefined) notify('Rolled back', `Version ${done.production} is in production.`);
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={`Roll ${name.name} back?`}
      consequence={
        isUnasked
          ? 'This one never was in charge: it is put there at once, and nothing is asked of it. That stands in the journal for ever, and the look at its market’s holdout is spent.'
          : 'The version is put in charge at once, without the gate. The journal says so.'
      }
      confirm="Roll back"
      grave
      disabled={version === null}
      onConfirm={() => void rollback()}
    >
      <Select
        label="Back to"
        placeholder="Choose a version"
        data={versionChoices(name, previous)}
        value={version}
        allowDeselect={false}
        onChange={setVersion}
      />
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Versions that are not in charge, the newest first. */
function versionChoices({ versions, production }: ModelNameDto, previous?: string) {
  return versions
    .filter(({ version }) => version !== production)
    .toReversed()
    .map(({ version, trained, stage }) => {
      const was =
        version === previous ? ' (the one before)' : stage === 'Archived' ? '' : ' (never in charge)';
      return { value: version, label: `${version}, trained until ${formatDay(trained.to)}${was}` };
    });
}

/** Goes on with a version on the candles that came since. */
export function UpdateDialog({
  name: _name,
  input,
  version,
  act,
  ...dialog
}: MoveProps & { readonly version: VersionDto }) {
  const [reason, setReason] = useState('');
  const update = () =>
    act(`update ${version.version}`, async () => {
      const done = await attempt(() =>
        call('model.update', { ...input, version: version.version, ...reasonOf(reason) }),
      );
      if (done !== undefined) notify(done.version === null ? 'Nothing is new' : 'Updated', done.message);
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={`Update ${version.version} with new candles?`}
      consequence="What came since it was trained is added, and as much of the oldest is dropped. The result is a new version, the candidate of this name: the gate judges it like any other, and nothing is put in charge."
      confirm="Update with new candles"
      onConfirm={() => void update()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Leaves nobody in charge. */
export function RetireDialog({ name, input, act, ...dialog }: MoveProps) {
  const [reason, setReason] = useState('');
  const retire = () =>
    act('retire', async () => {
      const done = await attempt(() => call('production.retire', { ...input, ...reasonOf(reason) }));
      if (done !== undefined) notify('Retired', `Nobody is in production at ${name.name}.`);
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={`Retire ${name.production}?`}
      consequence="Nobody is in charge of this name then. Rolling back puts it in charge again."
      confirm="Retire"
      grave
      onConfirm={() => void retire()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Points an alias of one's own to a version, or takes it away. */
export function AliasDialog({ name, input, act, ...dialog }: MoveProps) {
  const own = Object.keys(name.aliases).filter(
    (alias) => !(OWN_ALIASES as readonly string[]).includes(alias),
  );
  const [alias, setAlias] = useState(own[0] ?? '');
  const [version, setVersion] = useState<string | null>(name.versions.at(-1)?.version ?? null);
  const move = () =>
    act('alias', async () => {
      const done = await attempt(() => call('production.alias', { ...input, alias: alias.trim(), version }));
      if (done === undefined) return;
      notify(
        version === null ? 'Alias taken away' : 'Alias moved',
        `${alias.trim()}: ${version ?? 'no version'}`,
      );
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title="Point an alias to a version?"
      consequence={`An alias of your own, such as challenger, changes nothing that is in use; the journal has it.${own.length === 0 ? '' : ` There ${own.length === 1 ? 'is' : 'are'} ${own.join(', ')}.`}`}
      confirm={version === null ? 'Take it away' : 'Point it there'}
      disabled={alias.trim() === ''}
      onConfirm={() => void move()}
    >
      <TextInput
        label="Alias"
        placeholder="challenger"
        maxLength={40}
        value={alias}
        data-autofocus
        onChange={(event) => setAlias(event.currentTarget.value)}
      />
      <Select
        label="Version"
        placeholder="None: the alias goes"
        clearable
        data={name.versions.toReversed().map((one) => ({ value: one.version, label: one.version }))}
        value={version}
        onChange={setVersion}
      />
    </Dialog>
  );
}
