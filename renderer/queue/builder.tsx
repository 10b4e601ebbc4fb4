import { Button } from '@mantine/core';
import { IconDownload, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { SeriesDto } from '../../engine/contract/dto/index.ts';
import type { EngineError } from '../../engine/contract/errors.ts';
import { gridRequest } from '../../engine/contract/job-request-of.ts';
import { call, go, loadQueues, loadWorkspace, toEngineError, useUi, useWorkspace } from '../state/index.ts';
import { attempt, discard, ErrorState, FoundDraft, LoadingRows, notify, Page } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { ClassShares } from './class-shares.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { clearDraft, editDraft, suggestSeries, takeMarkets, useDraft } from './draft.ts';
import { FieldProblems } from './field.tsx';
import { FormulaBar } from './formula-bar.tsx';
import { type GridDraft, toGrid } from './grid-draft.ts';
import { GridForm } from './grid-form.tsx';
import { NewJobSwitch } from './new-job-switch.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { chooseAndOpenPreset, savePreset } from './preset-files.ts';
import { texts } from './texts/builder.ts';
import { shared } from './texts/shared.ts';
import { useGridPreview } from './use-grid-preview.ts';
import { WhereToBegin } from './where-to-begin.tsx';

/** Puts a grid together: every choice counts live, every problem stands at its field. */
export function Builder({ series }: { readonly series: readonly SeriesDto[] }) {
  const options = useWorkspace((workspace) => workspace.options);
  const error = useWorkspace((workspace) => workspace.error);
  const { draft, extending } = useDraft();
  const { preview, stale, waiting, problems, impossible, failure, retry } = useGridPreview(draft);
  const [busy, setBusy] = useState(false);
  const [presetError, setPresetError] = useState<EngineError>();

  const wanted = useUi(({ params }) => params);
  useEffect(() => {
    if (wanted.symbols === undefined) suggestSeries(series);
    else takeMarkets(wanted);
  }, [series, wanted]);

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
    const { skipTrained, skipImpossible } = draft;
    const created = await attempt(() =>
      extending === null
        ? call('queue.create', { grid: toGrid(draft), retrain: !skipTrained, skipImpossible })
        : call('queue.extend', { queueId: extending, grid: toGrid(draft), skipImpossible }),
    );
    setBusy(false);
    if (created === undefined) return;
    await loadQueues();
    notify(
      extending === null ? texts.queueGenerated : texts.queueExtended,
      texts.configurationToTrain({ configurations: created.preview.toTrain }),
    );
    clearDraft();
    go('queue', { queue: String(created.queueId) });
  };

  return (
    <Page
      title={extending === null ? shared.newGrid : texts.extendQueueExtending({ extending })}
      subtitle={texts.everyCombinationOfWhatYou}
      actions={
        <>
          {extending === null ? <NewJobSwitch job="grid" /> : null}
          <Button variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={load}>
            {texts.loadPreset}
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={preview === undefined}
            onClick={() => attempt(() => savePreset(toGrid(draft)))}
          >
            {texts.savePreset}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              discard(texts.gridWasDiscarded, [useDraft], clearDraft);
              go('queue');
            }}
          >
            {common.discard}
          </Button>
        </>
      }
    >
      <FoundDraft
        names={['grid']}
        onDiscard={() => discard(texts.gridWasDiscarded, [useDraft], clearDraft)}
      />
      <WhereToBegin />
      {presetError === undefined ? null : <ErrorState error={presetError} />}
      {failure === undefined ? null : <ErrorState error={failure} retry={retry} />}
      {options === undefined ? (
        error === undefined ? (
          <LoadingRows rows={8} />
        ) : (
          <ErrorState error={error} retry={() => void loadWorkspace()} />
        )
      ) : (
        <GridForm options={options} series={series} problems={problems} />
      )}
      {problems.rest.length === 0 ? null : <FieldProblems problems={problems.rest} />}
      {preview === undefined ? null : <ClassShares shares={preview.classes} />}
      {preview === undefined ? null : <PreviewNotes outdated={preview.outdated} notes={preview.notes} />}
      <FormulaBar
        preview={preview}
        impossible={impossible}
        stale={stale}
        waiting={waiting}
        action={extending === null ? texts.generateQueue : texts.extendQueue}
        busy={busy}
        copy={
          extending === null ? (
            <CopyMenu kind="grid" request={preview === undefined || stale ? null : wantedJob(draft)} />
          ) : null
        }
        onSubmit={submit}
        onSkipImpossible={(skipImpossible) => editDraft({ skipImpossible })}
      />
    </Page>
  );
}

const wantedJob = (draft: GridDraft) =>
  gridRequest({ grid: toGrid(draft), retrain: !draft.skipTrained, skipImpossible: draft.skipImpossible });

interface PreviewNotesProps {
  readonly outdated: readonly { readonly reason: string; readonly count: number }[];
  readonly notes: readonly string[];
}

function PreviewNotes({ outdated, notes }: PreviewNotesProps) {
  const again = outdated.map(({ reason, count }) =>
    texts.configurationTrainedBeforeWillTrain({ configurations: count, reason }),
  );
  return <PlanNotes notes={[...again, ...notes]} />;
}
