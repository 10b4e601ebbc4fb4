import { Anchor, Button, Group, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { create } from 'zustand';
import type { SettingsDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { call, openDialog, toEngineError, useWorkspace } from '../state/index.ts';
import { keepDraft } from '../state/keep-draft.ts';
import { discard, ErrorState, FoundDraft, Gradually, LoadingRows, notify, Panel } from '../ui/index.ts';
import { CostTables } from './cost-tables.tsx';
import { DisplayPanel } from './display-panel.tsx';
import { collectChanges, type Edit, type Edits, settingProblems } from './edits.ts';
import { costRows, settingSections } from './fields.ts';
import { SettingField } from './setting-field.tsx';
import classes from './settings.module.css';
import { allTargetRows } from './targets.ts';
import { TargetsTable } from './targets-table.tsx';
import { texts } from './texts.ts';
import { TrackingStatus } from './tracking-status.tsx';

/** What was typed and not saved: kept through other places, a reload and a crash. */
export const useSettingsEdits = create<{ readonly edits: Edits }>()(() => ({ edits: {} }));

keepDraft(useSettingsEdits, 'settings');

const NO_SERIES: readonly never[] = [];

/** Fields of a section that are drawn at a time. */
const FIELDS = 6;

/** The configuration as a form, made from its schema and the comments of the default file. */
export function SettingsPanel() {
  const settings = useWorkspace((workspace) => workspace.settings);
  return settings === undefined ? <LoadingRows rows={10} /> : <SettingsForm settings={settings} />;
}

function SettingsForm({ settings }: { readonly settings: SettingsDto }) {
  const series = useWorkspace((workspace) => workspace.series ?? NO_SERIES);
  const edits = useSettingsEdits((state) => state.edits);
  const [error, setError] = useState<EngineError>();
  const [saving, setSaving] = useState(false);

  const sections = useMemo(() => settingSections(settings), [settings]);
  const costs = useMemo(() => costRows(settings, series), [settings, series]);
  const symbols = useMemo(() => [...new Set(series.map((s) => s.symbol))], [series]);
  const fields = useMemo(
    () => [
      ...sections.flatMap((section) => section.fields),
      ...[...costs.inPips, ...costs.kinds, ...costs.inUnits, ...allTargetRows(settings, symbols)].flatMap(
        (row) => row.fields,
      ),
    ],
    [sections, costs, settings, symbols],
  );
  const { changes, count, wrong } = useMemo(() => collectChanges(fields, edits), [fields, edits]);
  const problems = useMemo(() => settingProblems(error?.details.problems ?? [], fields), [error, fields]);
  const unplaced = error !== undefined && (error.details.problems === undefined || problems.rest.length > 0);

  const edit = useCallback((path: string, value: Edit) => {
    useSettingsEdits.setState(({ edits: before }) => ({ edits: { ...before, [path]: value } }));
    setError(undefined);
  }, []);
  const clear = () => {
    useSettingsEdits.setState({ edits: {} });
    setError(undefined);
  };
  const giveUp = () => discard(texts.changesOfSettingsWereDiscarded, [useSettingsEdits], clear);
  const save = async () => {
    setSaving(true);
    try {
      useWorkspace.setState({ settings: await call('settings.set', { changes }) });
      clear();
      notify(texts.settingsSaved, texts.countOfChanges({ changes: count }));
    } catch (thrown) {
      setError(toEngineError(thrown));
    }
    setSaving(false);
  };

  return (
    <form
      className={classes.form}
      aria-label={texts.settings}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FoundDraft names={['settings']} onDiscard={giveUp} />
      <Text size="sm" c="dimmed">
        {texts.regimesAreManagedInRegimes({
          note: settings.note,
          link: (words) => (
            <Anchor href="#/regimes" underline="always">
              {words}
            </Anchor>
          ),
          file: <code>{settings.file}</code>,
        })}
      </Text>
      {settings.renamed.length > 0 ? (
        <Text size="sm" c="dimmed">
          {texts.namesOfOtherSystems({
            renamed: settings.renamed
              .map(({ path, today }) => texts.pathIsTodayHere({ path, today }))
              .join(', '),
          })}
        </Text>
      ) : null}
      <DisplayPanel />
      <Gradually>
        {sections.map(({ name, title, fields: shown }) => (
          <Panel key={name} title={title} note={settings.help[name]?.replaceAll('`', '')}>
            <div className={classes.fields}>
              <Gradually first={FIELDS} step={FIELDS}>
                {shown.map((field) => (
                  <SettingField
                    key={field.path}
                    field={field}
                    edit={edits[field.path]}
                    problem={problems.byPath[field.path]}
                    onEdit={edit}
                  />
                ))}
              </Gradually>
            </div>
            {name === 'costs' ? (
              <CostTables
                settings={settings}
                rows={costs}
                edits={edits}
                problems={problems.byPath}
                onEdit={edit}
              />
            ) : null}
            {name === 'mlflow' ? <TrackingStatus /> : null}
            {name === 'updates' ? (
              <Button size="compact-sm" variant="default" mt="sm" onClick={() => openDialog('about')}>
                {texts.aboutRegimen}
              </Button>
            ) : null}
            {name === 'validation' ? (
              <TargetsTable
                settings={settings}
                symbols={symbols}
                edits={edits}
                problems={problems.byPath}
                onEdit={edit}
              />
            ) : null}
          </Panel>
        ))}
      </Gradually>
      {unplaced && error !== undefined ? <ErrorState error={error} /> : null}
      <div className={classes.saveBar} data-shown={count > 0 || wrong > 0 || undefined} role="status">
        {count > 0 || wrong > 0 ? (
          <Group justify="space-between">
            <span>{texts.changeFieldToCorrect({ changes: count, wrong })}</span>
            <Group gap="sm">
              <Button variant="default" onClick={giveUp}>
                {texts.discardChanges}
              </Button>
              <Button type="submit" loading={saving} disabled={wrong > 0 || count === 0}>
                {texts.saveSettings}
              </Button>
            </Group>
          </Group>
        ) : null}
      </div>
    </form>
  );
}
