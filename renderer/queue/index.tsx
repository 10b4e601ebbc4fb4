import { Button } from '@mantine/core';
import { IconPlus, IconScale, IconTags, IconZoomScan } from '@tabler/icons-react';
import { go, loadQueues, useQueues, useUi, useWorkspace } from '../state/index.ts';
import { ErrorState, LoadingPlace, Page } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Builder } from './builder.tsx';
import { useHasDraft } from './draft.ts';
import { FirstStart } from './first-start.tsx';
import { TrainForm } from './production/index.tsx';
import { TrainingList, TrainingPage } from './production/training-page.tsx';
import classes from './queue.module.css';
import { QueueDetail } from './queue-detail.tsx';
import { QueueList } from './queue-list.tsx';
import { SearchForm } from './search/index.tsx';
import { texts } from './texts/jobs.ts';
import { shared } from './texts/shared.ts';
import { ValidateForm } from './validate/index.tsx';
import { WorkersPanel } from './workers-panel.tsx';

/** Training Queue: build a grid, a search, a validation or a production training, watch it being computed. */
export function QueuePlace() {
  const params = useUi((ui) => ui.params);
  const series = useWorkspace((workspace) => workspace.series);
  const workspaceError = useWorkspace((workspace) => workspace.error);
  const queues = useQueues((state) => state.queues);
  const error = useQueues((state) => state.error);
  const hasDraft = useHasDraft();

  if (series === undefined || queues === undefined) {
    const failure = error ?? workspaceError;
    return failure === undefined ? (
      <LoadingPlace />
    ) : (
      <Page title={texts.trainingQueue}>
        <ErrorState error={failure} retry={() => window.location.reload()} />
      </Page>
    );
  }
  const wanted = queues.find((queue) => String(queue.id) === params.queue);
  const selected = wanted ?? queues.find((queue) => queue.state === 'running') ?? queues[0];
  if (params.validate !== undefined && series.length > 0) {
    return <ValidateForm series={series} link={params.validate} />;
  }
  if (params.training !== undefined) return <TrainingPage id={params.training} />;
  if (params.train !== undefined && series.length > 0) {
    return <TrainForm series={series} link={params.train} />;
  }
  if (params.search !== undefined && series.length > 0) {
    return <SearchForm series={series} link={params.search} />;
  }
  if (params.new !== undefined || selected === undefined) {
    // A grid that was opened from a file is shown even before there is data for it.
    return series.length === 0 && !hasDraft ? <FirstStart /> : <Builder series={series} />;
  }

  return (
    <Page
      title={texts.trainingQueue}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconZoomScan size={16} aria-hidden />}
            onClick={() => go('queue', { search: '' })}
          >
            {shared.search}
          </Button>
          <Button
            variant="default"
            leftSection={<IconScale size={16} aria-hidden />}
            onClick={() => go('queue', { validate: '' })}
          >
            {common.validate}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTags size={16} aria-hidden />}
            onClick={() => go('queue', { train: '' })}
          >
            {common.trainForProduction}
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('queue', { new: '1' })}>
            {shared.newGrid}
          </Button>
        </>
      }
    >
      {error === undefined ? null : <ErrorState error={error} retry={() => void loadQueues()} />}
      <div className={classes.columns}>
        <div className={classes.lists}>
          <TrainingList />
          <QueueList queues={queues} selected={selected.id} />
          <WorkersPanel />
        </div>
        <QueueDetail key={selected.id} queue={selected} />
      </div>
    </Page>
  );
}
