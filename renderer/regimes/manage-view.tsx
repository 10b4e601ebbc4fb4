import { ActionIcon, Button, Group, Switch, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowLeft,
  IconArrowUp,
  IconDeviceFloppy,
  IconPlus,
} from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { RegimeDto } from '../../engine/contract/dto/index.ts';
import type { Problem } from '../../engine/contract/errors.ts';
import { regimeColor } from '../charts/index.ts';
import { call, loadWorkspace, useWorkspace } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import {
  attempt,
  ConfirmButton,
  EmptyState,
  ErrorState,
  FoundDraft,
  LoadingRows,
  notify,
  notifyUndo,
  Page,
  Panel,
  StaleModels,
} from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ChangeDialog } from './change-dialog.tsx';
import {
  isChanged,
  labelsOtherwise,
  moved,
  type RegimeDraft,
  textProblems,
  toInput,
  withAgain,
  withChange,
  withNew,
  without,
} from './draft.ts';
import { editRegimes, forgetEdit, startOf, useEditedRegimes } from './edited.ts';
import { RegimeEditor } from './regime-editor.tsx';
import classes from './regimes.module.css';
import { seriesName, TestPanel } from './test-panel.tsx';
import { texts } from './texts.ts';
import { useDraftCheck } from './use-draft-check.ts';

/** Regimes are edited as a whole: nothing counts before it is saved. */
export function ManageView() {
  const regimes = useWorkspace((workspace) => workspace.regimes);
  const error = useWorkspace((workspace) => workspace.error);
  if (regimes !== undefined) return <Editing regimes={regimes} />;
  return (
    <Page title={texts.manageRegimes}>
      {error === undefined ? (
        <LoadingRows />
      ) : (
        <ErrorState error={error} retry={() => void loadWorkspace()} />
      )}
    </Page>
  );
}

function Editing({ regimes }: { readonly regimes: readonly RegimeDto[] }) {
  const edited = useEditedRegimes();
  const { drafts, base } = useMemo(
    () => (edited.base === null ? startOf(regimes) : { ...edited, base: edited.base }),
    [edited, regimes],
  );
  const [selected, setSelected] = useState(0);
  const [saving, setSaving] = useState(false);
  const [asks, setAsks] = useState(false);
  const changed = isChanged(drafts, regimes);
  const setDrafts = (next: readonly RegimeDraft[]) =>
    isChanged(next, regimes) ? editRegimes(next, base) : forgetEdit();
  // What was saved elsewhere shows here, unless it would throw away what is being edited.
  useEffect(() => {
    if (edited.base !== null && !isChanged(edited.drafts, edited.base)) forgetEdit();
  }, [edited]);

  const series = useWorkspace((workspace) => workspace.series) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const market = series.find((one) => seriesName(one) === chosen) ?? series[0];
  const check = useDraftCheck(drafts, market);
  const unreadable = textProblems(drafts);
  const draft = drafts.find(({ id }) => id === selected) ?? drafts[0];
  const active = drafts.filter((item) => item.active).map(({ name }) => name);
  const wrong = new Set([...unreadable.keys(), ...check.byDraft.keys()]);

  const save = async () => {
    const input = toInput(drafts);
    if (input === undefined) return;
    setSaving(true);
    const saved = await attempt(() => call('regimes.save', { regimes: input }));
    setSaving(false);
    if (saved === undefined) return;
    forgetEdit();
    await loadWorkspace(['regimes']);
    notify(texts.regimesSaved, texts.modelsTrainedFromNow);
  };

  const addNew = () => {
    const more = withNew(drafts);
    setDrafts(more);
    setSelected(more.at(-1)!.id);
  };

  return (
    <Page
      title={texts.manageRegimes}
      subtitle={texts.barIsInFirstActive}
      actions={
        <>
          <Button
            component="a"
            href={formatHash('regimes')}
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {texts.backToRegimes}
          </Button>
          <ConfirmButton
            disabled={!changed}
            question={texts.discardAllChanges}
            consequence={texts.regimesGoBackToWhat}
            confirm={texts.discardChanges}
            onConfirm={forgetEdit}
          >
            {common.discard}
          </ConfirmButton>
          <Button
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            disabled={!changed || wrong.size > 0 || check.rest.length > 0}
            loading={saving}
            onClick={() => (labelsOtherwise(drafts, regimes) ? setAsks(true) : void save())}
          >
            {texts.saveRegimes}
          </Button>
        </>
      }
    >
      <FoundDraft names={['regimes']} onDiscard={forgetEdit} />
      {asks ? (
        <ChangeDialog
          drafts={drafts}
          onSave={() => {
            setAsks(false);
            void save();
          }}
          onPlace={setDrafts}
          onClose={() => setAsks(false)}
        />
      ) : null}
      <StaleModels />
      <div className={classes.manage}>
        <Panel
          title={common.regimes}
          note={texts.triedFromTopToBottom}
          actions={
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={addNew}
            >
              {texts.addNewRegime}
            </Button>
          }
          flush
        >
          <ol className={classes.list}>
            {drafts.map((item, i) => (
              <li key={item.id} data-selected={item.id === draft?.id || undefined}>
                <button
                  type="button"
                  className={classes.pick}
                  aria-current={item.id === draft?.id ? 'true' : undefined}
                  data-inactive={item.active ? undefined : true}
                  onClick={() => setSelected(item.id)}
                >
                  <span className={classes.position}>{i + 1}</span>
                  <span className={classes.dot} style={{ background: regimeColor(active, item.name) }} />
                  <span>{item.title || item.name}</span>
                </button>
                {wrong.has(item.id) ? (
                  <IconAlertTriangle size={16} color="var(--loss)" role="img" aria-label={texts.hasProblem} />
                ) : check.notes.has(item.id) ? (
                  <IconAlertTriangle size={16} color="var(--warning)" role="img" aria-label={texts.hasNote} />
                ) : null}
                <Move drafts={drafts} at={i} onMove={setDrafts} />
                <Switch
                  aria-label={texts.itemIsActive({ item: item.title || item.name })}
                  checked={item.active}
                  onChange={({ currentTarget }) =>
                    setDrafts(withChange(drafts, item.id, { active: currentTarget.checked }))
                  }
                />
              </li>
            ))}
          </ol>
        </Panel>
        <div className={classes.stack}>
          <Problems of={check.rest} />
          {draft === undefined ? (
            <NoRegime onAdd={addNew} />
          ) : (
            <RegimeEditor
              key={draft.id}
              draft={draft}
              textProblem={unreadable.get(draft.id)}
              problems={check.byDraft.get(draft.id) ?? []}
              notes={check.notes.get(draft.id) ?? []}
              checked={check.checked}
              onChange={(change) => setDrafts(withChange(drafts, draft.id, change))}
              onDelete={() => {
                setDrafts(without(drafts, draft.id));
                notifyUndo(texts.draftIsTakenFromList({ draft: draft.title || draft.name }), () =>
                  setDrafts(withAgain(useEditedRegimes.getState().drafts, draft, drafts.indexOf(draft))),
                );
              }}
            />
          )}
          <TestPanel drafts={drafts} series={series} market={market} onChoose={setChosen} />
        </div>
      </div>
    </Page>
  );
}

function NoRegime({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <Panel title={texts.noRegime} flush>
      <EmptyState
        icon={<IconPlus size={28} aria-hidden />}
        title={texts.withoutRegimesThere}
        action={<Button onClick={onAdd}>{texts.addNewRegime}</Button>}
      >
        {texts.addRegimeAndDescribe}
      </EmptyState>
    </Panel>
  );
}

/** Problems of no single regime. */
function Problems({ of }: { readonly of: readonly Problem[] }) {
  if (of.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {of.map(({ path, message }) => (
        <li key={`${path} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}

interface MoveProps {
  readonly drafts: readonly RegimeDraft[];
  readonly at: number;
  onMove(drafts: readonly RegimeDraft[]): void;
}

function Move({ drafts, at, onMove }: MoveProps) {
  const { id, title, name } = drafts[at]!;
  const directions = [
    { by: -1, word: texts.up, icon: IconArrowUp, possible: at > 0 },
    { by: 1, word: texts.down, icon: IconArrowDown, possible: at < drafts.length - 1 },
  ] as const;
  return (
    <Group gap={0} wrap="nowrap">
      {directions.map(({ by, word, icon: Icon, possible }) => (
        <Tooltip key={word} label={texts.tryEarlier({ by })}>
          <ActionIcon
            size={24}
            variant="transparent"
            color="gray"
            bg="transparent"
            disabled={!possible}
            aria-label={texts.moveTitleWord({ title: title || name, word })}
            onClick={() => onMove(moved(drafts, id, by))}
          >
            <Icon size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
