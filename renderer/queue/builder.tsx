import { Alert, Button, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconFolderOpen, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { TIMEFRAMES } from '../../engine/contract/timeframe.ts';
import type { EncoderName } from '../../engine/contract/words.ts';
import { call, go, loadQueues, loadWorkspace, toEngineError, useCall, useWorkspace } from '../state/index.ts';
import { attempt, ErrorState, LoadingRows, notify, Page, Panel, plural, titleOf } from '../ui/index.ts';
import classes from './builder.module.css';
import { ChipAxis, NumberAxis } from './chip-axis.tsx';
import { clearDraft, editDraft, suggestSeries, useDraft } from './draft.ts';
import { FieldProblems } from './field.tsx';
import { FormulaBar } from './formula-bar.tsx';
import { missingAxes, toGrid } from './grid-draft.ts';
import { IndicatorMatrix } from './indicator-matrix.tsx';
import { ModelTypes } from './model-types.tsx';
import { chooseAndOpenPreset, savePreset } from './preset-files.ts';
import { type FieldProblems as Problems, problemsByField } from './problems.ts';

const USUAL_DAYS = [30, 60, 90, 180];
const USUAL_HORIZONS = [1, 3, 6, 12];
const NO_PROBLEMS: Problems = { fields: {}, rest: [] };

/** Puts a grid together: every choice counts live, every problem stands at its field. */
export function Builder({ series }: { readonly series: readonly SeriesDto[] }) {
  const options = useWorkspace((workspace) => workspace.options);
  const error = useWorkspace((workspace) => workspace.error);
  const { draft, extending } = useDraft();
  const missing = missingAxes(draft);
  const input = useMemo(() => ({ grid: toGrid(draft), retrain: !draft.skipTrained }), [draft]);
  const [settled] = useDebouncedValue(input, 300);
  const preview = useCall('grid.preview', missing.length === 0 ? settled : null);
  const [busy, setBusy] = useState(false);
  const [presetError, setPresetError] = useState<EngineError>();

  useEffect(() => suggestSeries(series), [series]);

  const problems = useMemo(() => problemsByField(preview.error?.details.problems ?? []), [preview.error]);
  const unplaced = preview.error !== undefined && preview.error.details.problems === undefined;
  const current = missing.length === 0 && preview.error === undefined ? preview.data : undefined;

  const load = async () => {
    try {
      await chooseAndOpenPreset();
      setPresetError(undefined);
    } catch (error) {
      setPresetError(toEngineError(error));
    }
  };
  const submit = async () => {
    setBusy(true);
    const created = await attempt(() =>
      extending === null
        ? call('queue.create', input)
        : call('queue.extend', { queueId: extending, grid: input.grid }),
    );
    setBusy(false);
    if (created === undefined) return;
    await loadQueues();
    notify(
      extending === null ? 'Queue generated' : 'Queue extended',
      `${plural(created.preview.toTrain, 'configuration')} to train`,
    );
    clearDraft();
    go('queue', { queue: String(created.queueId) });
  };

  return (
    <Page
      title={extending === null ? 'New grid' : `Extend queue ${extending}`}
      subtitle="Every combination of what you choose is trained once and tested with every strategy."
      actions={
        <>
          <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={load}>
            Load preset
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={missing.length > 0}
            onClick={() => attempt(() => savePreset(input.grid))}
          >
            Save preset
          </Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              clearDraft();
              go('queue');
            }}
          >
            Discard
          </Button>
        </>
      }
    >
      {presetError === undefined ? null : <ErrorState error={presetError} />}
      {options === undefined ? (
        error === undefined ? (
          <LoadingRows rows={8} />
        ) : (
          <ErrorState error={error} retry={() => void loadWorkspace()} />
        )
      ) : (
        <Form options={options} series={series} problems={missing.length === 0 ? problems : NO_PROBLEMS} />
      )}
      {unplaced && preview.error !== undefined ? (
        <ErrorState error={preview.error} retry={preview.refresh} />
      ) : null}
      {problems.rest.length > 0 && missing.length === 0 ? <FieldProblems problems={problems.rest} /> : null}
      {current === undefined ? null : <PreviewNotes outdated={current.outdated} notes={current.notes} />}
      <FormulaBar
        preview={current}
        stale={preview.loading || settled !== input}
        waiting={
          missing.length > 0
            ? `Choose ${missing.join(', ')}.`
            : preview.error === undefined
              ? 'Counting …'
              : 'Correct the fields that are marked.'
        }
        action={extending === null ? 'Generate Queue' : 'Extend Queue'}
        busy={busy}
        onSubmit={submit}
      />
    </Page>
  );
}

interface FormProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  readonly problems: Problems;
}

function Form({ options, series, problems: { fields } }: FormProps) {
  const draft = useDraft((state) => state.draft);
  const symbols = useMemo(() => [...new Set(series.map((s) => s.symbol))].sort(), [series]);
  const shortest = Math.min(...series.map((s) => TIMEFRAMES.indexOf(s.timeframe)));
  return (
    <div className={classes.form}>
      <ModelTypes
        options={options.modelTypes}
        problems={fields.model_types}
        parameterProblems={fields.hyperparameters}
      />
      <div className={classes.formColumn}>
        <Panel title="Market and time">
          <div className={classes.fields}>
            <ChipAxis
              label="Symbols"
              options={symbols}
              value={draft.symbols}
              problems={fields.symbols}
              onChange={(value) => editDraft({ symbols: value })}
            />
            <ChipAxis
              label="Timeframes"
              hint="Longer ones are made from what is stored"
              options={TIMEFRAMES.slice(shortest)}
              value={draft.timeframes}
              problems={fields.timeframes}
              onChange={(value) => editDraft({ timeframes: value })}
            />
            <NumberAxis
              label="Days of history"
              term="daysHistory"
              unit="calendar days"
              options={USUAL_DAYS}
              value={draft.days}
              min={5}
              max={3650}
              problems={fields.days_history}
              onChange={(value) => editDraft({ days: value })}
            />
            <NumberAxis
              label="Horizons"
              term="horizon"
              unit="bars ahead"
              options={USUAL_HORIZONS}
              value={draft.horizons}
              min={1}
              max={500}
              problems={fields.horizons}
              onChange={(value) => editDraft({ horizons: value })}
            />
          </div>
        </Panel>
        <Panel title="Features">
          <div className={classes.fields}>
            <ChipAxis
              label="Encoders"
              term="encoder"
              options={options.encoders as readonly EncoderName[]}
              value={draft.encoders}
              text={titleOf}
              problems={fields.encoders}
              onChange={(value) => editDraft({ encoders: value })}
            />
            <IndicatorMatrix
              indicators={options.indicators}
              timeframes={TIMEFRAMES.slice(shortest)}
              problems={fields.indicator_timeframes}
            />
          </div>
        </Panel>
        <Panel title="Queue">
          <div className={classes.fields}>
            <TextInput
              label="Name"
              placeholder="Named by its number if left empty"
              maxLength={120}
              value={draft.name}
              error={fields.name?.[0]?.message}
              onChange={(event) => editDraft({ name: event.currentTarget.value })}
            />
            <Switch
              label="Skip already-trained configurations"
              description={`Those with the same candles, settings and costs. Each of the others is tested with ${options.strategies} strategies.`}
              checked={draft.skipTrained}
              onChange={(event) => editDraft({ skipTrained: event.currentTarget.checked })}
            />
          </div>
        </Panel>
      </div>
    </div>
  );
}

interface PreviewNotesProps {
  readonly outdated: readonly { readonly reason: string; readonly count: number }[];
  readonly notes: readonly string[];
}

function PreviewNotes({ outdated, notes }: PreviewNotesProps) {
  if (outdated.length === 0 && notes.length === 0) return null;
  return (
    <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />} title="Good to know">
      <ul className={classes.notes}>
        {outdated.map(({ reason, count }) => (
          <li key={reason}>
            {plural(count, 'configuration')} trained before will train again: {reason}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Alert>
  );
}
