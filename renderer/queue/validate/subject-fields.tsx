import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { GridOptionsDto, SeriesDto } from '../../../engine/contract/dto/index.ts';
import { EngineError } from '../../../engine/contract/errors.ts';
import { YAML_BYTES } from '../../../engine/contract/grid.ts';
import { decodeText } from '../../../engine/contract/text-encoding.ts';
import type { Timeframe } from '../../../engine/contract/timeframe.ts';
import { chooseFile } from '../../client/choose-file.ts';
import { toEngineError, useModelTitle, useQueues, useWorkspace } from '../../state/index.ts';
import { ErrorState, useChampionTitle } from '../../ui/index.ts';
import { boundsText, type Parameter, readValue } from '../../ui/json-schema.ts';
import { common } from '../../ui/texts/common.ts';
import { ChipAxis } from '../chip-axis.tsx';
import { ParameterLabel } from '../parameter-label.tsx';
import { chooseGridText, chooseJob, editDraft, timeframesOf, useValidateDraft } from './draft.ts';
import { texts } from './texts.ts';
import classes from './validate.module.css';

interface SubjectFieldsProps {
  readonly options: GridOptionsDto;
  readonly series: readonly SeriesDto[];
  /** Of the chosen model type. */
  readonly parameters: readonly Parameter[];
}

/** Names what is validated. */
export function SubjectFields(props: SubjectFieldsProps) {
  const subject = useValidateDraft(({ draft }) => draft.subject);
  switch (subject) {
    case 'market':
      return <MarketFields {...props} />;
    case 'run':
      return <RunField />;
    case 'champion':
      return <ChampionField />;
    case 'champions':
      return <ChampionsText />;
    case 'grid':
      return <GridFields />;
  }
}

function MarketFields({ options, series, parameters }: SubjectFieldsProps) {
  const { symbols, timeframe, modelType } = useValidateDraft(({ draft }) => draft);
  const known = [...new Set(series.map(({ symbol }) => symbol))].sort();
  const own = series.filter(({ symbol }) => symbols.length === 0 || symbols.includes(symbol));
  return (
    <>
      <ChipAxis
        label={texts.symbols}
        hint={texts.severalAreOneJob}
        options={known}
        value={symbols}
        onChange={(next) => editDraft({ symbols: next })}
      />
      <div className={classes.models}>
        <Select
          label={common.timeframe}
          placeholder={texts.chooseOne}
          data={[...timeframesOf(own)]}
          value={timeframe}
          onChange={(next) => editDraft({ timeframe: next as Timeframe | null })}
        />
        <Select
          label={common.modelType}
          data={options.modelTypes.map(({ name, title }) => ({ value: name, label: title }))}
          value={modelType}
          allowDeselect={false}
          searchable
          onChange={(next) => next !== null && editDraft({ modelType: next, hyperparameters: {} })}
        />
      </div>
      {parameters.length === 0 ? null : (
        <details>
          <summary>{texts.hyperParameters}</summary>
          <div className={classes.numbers}>
            {parameters.map((parameter) => (
              <ParameterField key={parameter.key} parameter={parameter} />
            ))}
          </div>
        </details>
      )}
      <p className={classes.about}>{texts.tradedWithDefaultStrategy}</p>
    </>
  );
}

/** One value; empty is the default. */
function ParameterField({ parameter }: { readonly parameter: Parameter }) {
  const value = useValidateDraft(({ draft }) => draft.hyperparameters[parameter.key] ?? '');
  const set = (text: string) => {
    const { hyperparameters } = useValidateDraft.getState().draft;
    editDraft({ hyperparameters: { ...hyperparameters, [parameter.key]: text } });
  };
  const read = value.trim() === '' ? undefined : readValue(parameter, value);
  const { fallback } = parameter;
  const bounds = boundsText(parameter);
  const initial = typeof fallback === 'number' ? Number(fallback.toPrecision(4)) : (fallback ?? 'default');
  return (
    <TextInput
      size="xs"
      label={<ParameterLabel name={parameter.key} />}
      description={parameter.description}
      placeholder={`${String(initial)}${bounds === '' ? '' : `  (${bounds})`}`}
      value={value}
      error={
        read !== undefined && 'problem' in read
          ? texts.pleaseUseProblem({ problem: read.problem })
          : undefined
      }
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function RunField() {
  const run = useValidateDraft(({ draft }) => draft.run);
  return (
    <TextInput
      label={common.run}
      description={texts.numberOrUuid}
      value={run}
      maxLength={64}
      onChange={(event) => editDraft({ run: event.currentTarget.value })}
    />
  );
}

function ChampionField() {
  const champion = useValidateDraft(({ draft }) => draft.champion);
  const champions = useWorkspace((workspace) => workspace.champions) ?? [];
  const championTitle = useChampionTitle();
  const modelTitle = useModelTitle();
  const data = champions.map((one) => ({
    value: one.champion,
    label: `${championTitle(one.champion)}: ${modelTitle(one.modelType)}`,
  }));
  // One that a link names and that is champion no more is said to be missing by the engine.
  const gone = champion !== null && !data.some(({ value }) => value === champion);
  return (
    <Select
      label={common.champion}
      description={texts.itsConfigurationAndStrategy}
      placeholder={data.length === 0 ? texts.thereAreNoneYet : texts.chooseOne}
      data={gone ? [...data, { value: champion, label: champion }] : data}
      value={champion}
      searchable
      onChange={(next) => editDraft({ champion: next })}
    />
  );
}

function ChampionsText() {
  const champions = useWorkspace((workspace) => workspace.champions);
  return (
    <p className={classes.about}>
      {texts.everyCurrentChampion({ champions: champions === undefined ? '' : ` (${champions.length})` })}
    </p>
  );
}

function GridFields() {
  const grid = useValidateDraft(({ draft }) => draft.grid);
  const queues = useQueues((state) => state.queues) ?? [];
  const [error, setError] = useState<EngineError>();
  const load = async () => {
    try {
      const file = await chooseFile('.yaml,.yml');
      if (file === null) return;
      const decoded = decodeText(new Uint8Array(await file.slice(0, 2 * YAML_BYTES + 4).arrayBuffer()));
      if ('problem' in decoded) throw new EngineError('grid-invalid', `${file.name} ${decoded.problem}.`);
      await chooseGridText(decoded.text, file.name);
      setError(undefined);
    } catch (failure) {
      setError(toEngineError(failure));
    }
  };
  const jobs = queues.filter((queue) => queue.grid !== null);
  return (
    <>
      <p className={classes.about}>{texts.wholeGridIsTrained}</p>
      <Group align="end" gap="sm">
        <Select
          label={texts.gridOfJob}
          placeholder={jobs.length === 0 ? texts.thereIsNoneYet : texts.chooseOne}
          data={jobs.map(({ id, name }) => ({ value: String(id), label: texts.nameJobId({ name, id }) }))}
          value={grid?.queueId == null ? null : String(grid.queueId)}
          searchable
          style={{ flex: '1 1 14rem' }}
          onChange={(next) => next !== null && chooseJob(Number(next))}
        />
        <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={load}>
          {texts.loadGridFile}
        </Button>
      </Group>
      {grid?.file == null ? null : <p className={classes.about}>{texts.fromFile({ file: grid.file })}</p>}
      {error === undefined ? null : <ErrorState error={error} />}
    </>
  );
}
