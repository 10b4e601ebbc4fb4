import { Checkbox, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RawInput } from '../../engine/contract/api/index.ts';
import type { ScheduleDto } from '../../engine/contract/dto/index.ts';
import { TRAIN_PERIODS, type TrainPeriod } from '../../engine/contract/registry.ts';
import { TARGETS } from '../../engine/contract/target-names.ts';
import { TIMEFRAMES, type Timeframe } from '../../engine/contract/timeframe.ts';
import { call, useCall, useRegimeTitle, useWorkspace } from '../state/index.ts';
import { attempt, notify, notifyUndo, titleOf } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Dialog } from './dialog.tsx';
import classes from './schedule.module.css';
import { TrainingMannerFields } from './schedule-fields.tsx';
import { HERE, TimesFields, useTimes } from './schedule-times.tsx';
import { askedOf, EMPTY_TRAINING, type TrainingDraft, trainingDraft } from './schedule-training.ts';
import { texts } from './texts.ts';

interface DialogProps {
  readonly opened: boolean;
  onClose(): void;
}

const NAME = /^[a-z][a-z0-9_-]{0,39}$/;

/** A further schedule: its name, when it comes and what it trains; it is on from then on. */
export function NewScheduleDialog({ names, ...dialog }: DialogProps & { readonly names: readonly string[] }) {
  const [name, setName] = useState('');
  const [when, setWhen] = useState({ cron: '0 5 * * 1', zone: HERE });
  const [draft, setDraft] = useState(EMPTY_TRAINING);
  const times = useTimes(when);
  const training = askedOf(draft);
  const problem =
    name === '' || NAME.test(name)
      ? names.includes(name)
        ? texts.thereIsScheduleAlready({ name })
        : undefined
      : texts.smallLettersDigits;
  const make = async () => {
    const made = await attempt(() =>
      call('schedule.set', { name, enabled: true, ...when, training: training! }),
    );
    if (made !== undefined) notify(texts.scheduleIsOn({ name: made.name }), made.sentence);
  };
  return (
    <Dialog
      {...dialog}
      title={texts.newSchedule}
      size="xl"
      consequence={texts.atTheseTimesItTrains}
      confirm={texts.makeSchedule}
      disabled={name === '' || problem !== undefined || !times.canSave || training === undefined}
      onConfirm={() => void make()}
    >
      <TextInput
        label={common.name}
        placeholder={texts.mondays}
        maxLength={40}
        value={name}
        error={problem}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TimesFields value={when} times={times} of={texts.newScheduleWord} onChange={setWhen} />
      <TrainingFields value={draft} onChange={setDraft} />
    </Dialog>
  );
}

/** What a schedule trains from now on; its times stay. */
export function ChangeScheduleDialog({
  schedule: { name, asked, sentence },
  ...dialog
}: DialogProps & { readonly schedule: ScheduleDto }) {
  const [draft, setDraft] = useState(() => trainingDraft(asked));
  const training = askedOf(draft, asked);
  return (
    <Dialog
      {...dialog}
      title={texts.whatTrains({ name })}
      size="xl"
      consequence={texts.whatIsTrained({ sentence })}
      confirm={common.save}
      disabled={training === undefined}
      onConfirm={() => void attempt(() => call('schedule.set', { name, training: training! }))}
    >
      <TrainingFields value={draft} onChange={setDraft} />
    </Dialog>
  );
}

/** Takes a schedule away. */
export function RemoveScheduleDialog({
  schedule: { name, sentence, title, enabled, cron, zone, asked },
  ...dialog
}: DialogProps & { readonly schedule: ScheduleDto }) {
  const remove = async () => {
    const removed = await attempt(() => call('schedule.remove', { name }));
    if (removed === undefined) return;
    const before = { name, enabled, cron, zone, training: asked as RawInput<'schedule.set'>['training'] };
    notifyUndo(texts.nameIsRemoved({ name }), () => void attempt(() => call('schedule.set', before)));
  };
  return (
    <Dialog
      {...dialog}
      title={texts.removeName({ name })}
      consequence={texts.nothingBeginsByItAny({ sentence, title })}
      confirm={texts.removeSchedule}
      grave
      onConfirm={() => void remove()}
    />
  );
}

interface TrainingFieldsProps {
  readonly value: TrainingDraft;
  onChange(next: TrainingDraft): void;
}

function TrainingFields({ value, onChange }: TrainingFieldsProps) {
  const edit = (changes: Partial<TrainingDraft>) => onChange({ ...value, ...changes });
  const { everyName, dryRun } = value;
  return (
    <>
      <SegmentedControl
        aria-label={texts.whatItTrains}
        value={everyName ? 'all' : 'one'}
        data={[
          { value: 'all', label: texts.everyNameInProduction },
          { value: 'one', label: texts.oneName },
        ]}
        onChange={(next) => edit({ everyName: next === 'all' })}
      />
      {everyName ? (
        <p className={classes.text}>{texts.eachIsTrainedAnew}</p>
      ) : (
        <ModelFields value={value} edit={edit} />
      )}
      <TrainingMannerFields value={value} placeholder={texts.noSearch} onChange={edit} />
      <Checkbox
        label={texts.dryRun}
        description={texts.trainValidateAndCompare}
        checked={dryRun}
        onChange={(event) => edit({ dryRun: event.currentTarget.checked })}
      />
    </>
  );
}

function ModelFields({
  value: { symbol, timeframe, regime, modelType, target, horizon, period },
  edit,
}: {
  readonly value: TrainingDraft;
  edit(changes: Partial<TrainingDraft>): void;
}) {
  const { data: series = [] } = useCall('market.list', {});
  const regimes = useWorkspace((workspace) => workspace.regimes) ?? [];
  const types = useWorkspace((workspace) => workspace.options)?.modelTypes ?? [];
  const regimeTitle = useRegimeTitle();
  const stored = series.filter((one) => symbol === null || one.symbol === symbol);
  const first = Math.min(...stored.map((one) => TIMEFRAMES.indexOf(one.timeframe)));
  const choose =
    <K extends keyof TrainingDraft>(key: K) =>
    (next: string | null) =>
      next !== null && edit({ [key]: next } as Partial<TrainingDraft>);
  return (
    <div className={classes.choices}>
      <Select
        label={common.symbol}
        placeholder={texts.chooseOne}
        data={[...new Set([...series.map((one) => one.symbol), ...(symbol === null ? [] : [symbol])])].sort()}
        value={symbol}
        searchable
        onChange={choose('symbol')}
      />
      <Select
        label={common.timeframe}
        placeholder={texts.chooseOne}
        data={[...TIMEFRAMES.slice(Number.isFinite(first) ? Math.max(0, first) : 0)]}
        value={timeframe}
        onChange={(next) => next !== null && edit({ timeframe: next as Timeframe })}
      />
      <Select
        label={common.regime}
        data={[
          { value: 'all', label: common.allRegimes },
          ...regimes.map(({ name }) => ({ value: name, label: regimeTitle(name) })),
        ]}
        value={regime}
        allowDeselect={false}
        onChange={choose('regime')}
      />
      <Select
        label={common.modelType}
        data={types.map((type) => ({ value: type.name, label: type.title }))}
        value={modelType}
        allowDeselect={false}
        searchable
        onChange={choose('modelType')}
      />
      <Select
        label={texts.target}
        data={[...new Set([...TARGETS, target])].map((one) => ({ value: one, label: titleOf(one) }))}
        value={target}
        allowDeselect={false}
        onChange={choose('target')}
      />
      <NumberInput
        label={texts.horizonBars}
        min={1}
        max={500}
        allowDecimal={false}
        value={horizon}
        onChange={(next) => typeof next === 'number' && edit({ horizon: next })}
      />
      <Select
        label={common.history}
        data={TRAIN_PERIODS.map((one) => ({ value: one, label: common.periodText[one] }))}
        value={period}
        allowDeselect={false}
        onChange={(next) => next !== null && edit({ period: next as TrainPeriod })}
      />
    </div>
  );
}
