import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { GateReportDto, ModelNameDto, RunDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { modelName, parseModelName } from '../../engine/contract/model-name.ts';
import { modelTitle } from '../../engine/contract/model-type-names.ts';
import { readTarget } from '../../engine/contract/target-names.ts';
import { chooseFile } from '../client/choose-file.ts';
import { EMPTY_GATE, type GateDraft, GateFields, GatePanel, gateInput } from '../gate/index.ts';
import { call, client, toEngineError, useCall } from '../state/index.ts';
import { ErrorState, useNameTitle } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './registry.module.css';
import { ReportButtons } from './report-buttons.tsx';
import { texts } from './texts.ts';

export interface ImportedDialogProps {
  /** The place that it is judged for; without one that of the run, over all regimes. */
  readonly name?: string;
  readonly names: readonly Pick<ModelNameDto, 'name' | 'production'>[];
  readonly opened: boolean;
  onClose(): void;
}

/** Asks the gate of a model that was trained elsewhere, and shows what it said. */
export function ImportedDialog({ name, names, opened, onClose }: ImportedDialogProps) {
  const nameTitle = useNameTitle();
  const [file, setFile] = useState<File | null>(null);
  const [run, setRun] = useState<string | null>(null);
  const [trainedUntil, setTrainedUntil] = useState('');
  const [gate, setGate] = useState<GateDraft>(EMPTY_GATE);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<EngineError>();
  const [report, setReport] = useState<GateReportDto>();
  const runs = useRuns(name);
  const chosen = runs.find(({ id }) => String(id) === run);
  const place = name !== undefined ? name : chosen === undefined ? undefined : placeOf(chosen);
  const production = names.find((one) => one.name === place)?.production ?? null;
  const fields = Object.fromEntries(
    (error?.details.problems ?? []).map(({ path, message }) => [path, message]),
  );

  const ask = async () => {
    if (place === undefined || file === null || run === null) return;
    setBusy(true);
    setError(undefined);
    try {
      const { reason: _none, skipValidation: _never, ...asked } = gateInput(gate);
      setReport(
        await call('production.validate', {
          ...inputOf(place),
          ...asked,
          model: await client().hostFile(file),
          run,
          ...(trainedUntil === '' ? {} : { trainedUntil }),
        }),
      );
    } catch (failure) {
      setError(toEngineError(failure));
    }
    setBusy(false);
  };

  if (report !== undefined) {
    return (
      <Modal opened={opened} onClose={onClose} title={place} size="60rem" closeButtonProps={CLOSE}>
        <GatePanel report={report} actions={<ReportButtons report={report} input={inputOf(report.name)} />} />
      </Modal>
    );
  }
  const isNamed = error !== undefined && Object.keys(fields).length > 0;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.judgeModelFromElsewhereFor({ name: name === undefined ? undefined : nameTitle(name) })}
      size="lg"
      closeButtonProps={CLOSE}
    >
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className={classes.consequence}>{texts.modelThatXGBoostSaved}</p>
        <Group align="end" gap="sm">
          <TextInput
            label={common.modelFile}
            readOnly
            placeholder={texts.noneChosen}
            value={file?.name ?? ''}
            error={fields.model}
            style={{ flex: '1 1 14rem' }}
          />
          <Button
            variant="default"
            data-autofocus
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={async () => setFile((await chooseFile('.json')) ?? file)}
          >
            {texts.chooseFile}
          </Button>
        </Group>
        <Select
          label={common.run}
          description={texts.whoseFeatures}
          placeholder={runs.length === 0 ? texts.thereIsNoneOfOne : texts.chooseOne}
          data={runs.map((of) => ({ value: String(of.id), label: runText(of) }))}
          value={run}
          searchable
          error={fields.run}
          onChange={setRun}
        />
        <TextInput
          type="date"
          label={texts.trainedUntil}
          description={texts.dayOfLastBar}
          value={trainedUntil}
          error={fields.trainedUntil}
          onChange={(event) => setTrainedUntil(event.currentTarget.value)}
        />
        <GateFields
          value={gate}
          errors={fields}
          hasProduction={production !== null}
          hasClasses={chosen !== undefined && readTarget(chosen.target)?.name === 'direction'}
          withoutReason
          withoutSkip
          onChange={(changes) => setGate({ ...gate, ...changes })}
        />
        {error === undefined || isNamed ? null : <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.goBack}
          </Button>
          <Button type="submit" loading={busy} disabled={file === null || run === null}>
            {texts.askGate}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

const CLOSE = { 'aria-label': common.close };

/** Runs that a model from elsewhere can stand beside, the newest first: of one model, in the market where one is named. */
function useRuns(name: string | undefined): readonly RunDto[] {
  const place = name === undefined ? undefined : parseModelName(name);
  const { data } = useCall('history.search', {
    status: 'completed',
    ...(place === undefined ? {} : { symbol: place.symbol, timeframe: place.timeframe }),
    limit: 500,
  });
  return (data?.runs ?? []).filter(({ target }) =>
    ['return', 'direction'].includes(readTarget(target)?.name ?? ''),
  );
}

function runText({ id, modelType, symbol, timeframe, target, daysHistory, horizon }: RunDto): string {
  return texts.dayBarAhead({
    id,
    modelType: modelTitle(modelType),
    symbol,
    timeframe,
    target,
    daysHistory,
    horizon,
  });
}

const placeOf = ({ symbol, timeframe }: RunDto) => modelName({ symbol, timeframe, regime: null });

function inputOf(name: string) {
  const { symbol, timeframe, regime } = parseModelName(name);
  return { symbol, timeframe, regime: regime ?? 'all' };
}
