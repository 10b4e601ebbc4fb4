import { Alert, Button, Group } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import type { EvaluationPreviewDto, StaleModelsDto } from '../../engine/contract/dto/index.ts';
import { call, go, useCall } from '../state/index.ts';
import { attempt } from './notices.tsx';
import { texts } from './texts/ui.ts';

type Job = 'evaluation.create' | 'evaluation.retrain';

/** Says which models are not of today's costs, regimes and rules, and offers to bring them up to them; nothing where all are. */
export function StaleModels() {
  const { data, refresh } = useCall('evaluation.preview', {});
  const [busy, setBusy] = useState<Job>();
  if (data === undefined || (data.kept.count === 0 && data.deleted.count === 0)) return null;

  const enqueue = async (job: Job) => {
    setBusy(job);
    const made = await attempt(() => call(job, { enqueue: true }));
    setBusy(undefined);
    refresh();
    if (made !== undefined) go('queue', { queue: String(made.queueId) });
  };
  const { kept, deleted } = data;
  return (
    <Alert
      color="gray"
      variant="light"
      styles={{ body: { minWidth: 0 } }}
      title={titleOf(data)}
      icon={<IconRefreshAlert aria-hidden />}
      role="region"
    >
      {keptText(kept)} {deletedText(deleted)}
      <Group gap="sm" mt="sm">
        {kept.count === kept.queued ? null : (
          <Button
            {...WRAPPING}
            loading={busy === 'evaluation.create'}
            onClick={() => void enqueue('evaluation.create')}
          >
            {texts.evaluateKeptModelAgain({ keptModels: kept.count - kept.queued })}
          </Button>
        )}
        {deleted.count === deleted.queued ? null : (
          <Button
            {...WRAPPING}
            variant="default"
            loading={busy === 'evaluation.retrain'}
            onClick={() => void enqueue('evaluation.retrain')}
          >
            {texts.trainDeletedModelAgain({ deletedModels: deleted.count - deleted.queued })}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** On a narrow window their words take two lines. */
const WRAPPING = { size: 'xs', h: 'auto', py: 6, styles: { label: { whiteSpace: 'normal' } } } as const;

/** What changed, as a head line: that of most models. */
function titleOf({ kept, deleted }: EvaluationPreviewDto): string {
  const reason = kept.reasons[0]?.reason ?? deleted.reasons[0]?.reason ?? texts.somethingChangedSince;
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

function keptText({ count, queued }: StaleModelsDto): string {
  if (count === 0) return '';
  return texts.keptModelOutOfDate({ keptModels: count, queued: queuedText(queued) });
}

function deletedText({ count, queued }: StaleModelsDto): string {
  if (count === 0) return '';
  return texts.deletedModelWouldHave({ deletedModels: count, queued: queuedText(queued) });
}

function queuedText(queued: number): string {
  return queued === 0 ? '' : texts.queuedOfThem({ queued });
}
