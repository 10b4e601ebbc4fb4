import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelNameDto, VersionDto } from '../../engine/contract/dto/index.ts';
import { OWN_ALIASES } from '../../engine/contract/registry.ts';
import { readTarget } from '../../engine/contract/target-names.ts';
import { EMPTY_GATE, type GateDraft, GateFields, gateInput } from '../gate/index.ts';
import { call } from '../state/index.ts';
import { attempt, formatDay, notify, useNameTitle } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Dialog, ReasonField, reasonOf } from './dialog.tsx';
import type { PlaceInput } from './name-page.tsx';
import { texts } from './texts.ts';

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
    act(texts.promoteVersion({ version: version.version }), async () => {
      const done = await attempt(() => call('production.promote', asked));
      if (done === undefined) return;
      if (done.promoted) notify(texts.promoted, texts.versionIsInProduction({ version: version.version }));
      else notify(texts.notPromoted, texts.gateRefusesItItsReportSays);
    });
  return (
    <Dialog
      {...dialog}
      title={texts.promoteVersionTitle({ version: version.version })}
      consequence={
        gate.skipValidation && (gate.force || !hasProduction) ? texts.itIsPutInCharge : texts.gateIsAskedFirst
      }
      confirm={isSkipped ? texts.promoteWithThatLeftOut : texts.askGate}
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
    act(texts.askVersion({ version: version.version }), async () => {
      const report = await attempt(() =>
        call('production.validate', { ...input, version: version.version, ...asked }),
      );
      if (report !== undefined) {
        notify(report.passed ? texts.gatePassesIt : texts.gateRefusesIt, texts.itsReportSaysWhy);
      }
    });
  return (
    <Dialog
      {...dialog}
      title={texts.askGateOf({ version: version.version })}
      consequence={texts.modelsAreTrained}
      confirm={texts.askGate}
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
  const nameTitle = useNameTitle();
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
      if (done !== undefined)
        notify(texts.rolledBack, texts.versionProductionIsIn({ production: done.production }));
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.rollNameBack({ name: nameTitle(name.name) })}
      consequence={isUnasked ? texts.thisOneNever : texts.versionIsPutInCharge}
      confirm={texts.rollBack}
      grave
      disabled={version === null}
      onConfirm={() => void rollback()}
    >
      <Select
        label={texts.backTo}
        placeholder={texts.chooseVersion}
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
      const was = version === previous ? texts.oneBefore : stage === 'Archived' ? '' : texts.neverInCharge;
      return {
        value: version,
        label: texts.versionTrainedUntil({ version, to: formatDay(trained.to), was }),
      };
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
    act(texts.updateVersion({ version: version.version }), async () => {
      const done = await attempt(() =>
        call('model.update', { ...input, version: version.version, ...reasonOf(reason) }),
      );
      if (done !== undefined)
        notify(done.version === null ? texts.nothingIsNew : texts.updated, done.message);
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.updateVersionWithNewCandles({ version: version.version })}
      consequence={texts.whatCameSince}
      confirm={texts.updateWithNewCandles}
      onConfirm={() => void update()}
    >
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Leaves nobody in charge. */
export function RetireDialog({ name, input, act, ...dialog }: MoveProps) {
  const nameTitle = useNameTitle();
  const [reason, setReason] = useState('');
  const retire = () =>
    act('retire', async () => {
      const done = await attempt(() => call('production.retire', { ...input, ...reasonOf(reason) }));
      if (done !== undefined)
        notify(texts.retired, texts.nobodyIsInProductionAt({ name: nameTitle(name.name) }));
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.retireProduction({ production: name.production })}
      consequence={texts.nobodyIsInCharge}
      confirm={texts.retire}
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
        version === null ? texts.aliasTakenAway : texts.aliasMoved,
        `${alias.trim()}: ${version ?? texts.noVersion}`,
      );
    });
  return (
    <Dialog
      {...dialog}
      size="md"
      title={texts.pointAliasToVersion}
      consequence={texts.aliasOfYourOwn({ own: own.length, ownList: own.join(', ') })}
      confirm={version === null ? texts.takeItAway : texts.pointItThere}
      disabled={alias.trim() === ''}
      onConfirm={() => void move()}
    >
      <TextInput
        label={texts.alias}
        placeholder={texts.challenger}
        maxLength={40}
        value={alias}
        data-autofocus
        onChange={(event) => setAlias(event.currentTarget.value)}
      />
      <Select
        label={common.version}
        placeholder={texts.noneAliasGoes}
        clearable
        data={name.versions.toReversed().map((one) => ({ value: one.version, label: one.version }))}
        value={version}
        onChange={setVersion}
      />
    </Dialog>
  );
}
