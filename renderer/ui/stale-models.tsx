import { Alert, Button, Group } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useState } from 'react';
import type { EvaluationPreviewDto, StaleModelsDto } from '../../engine/contract/dto/index.ts';
import { call, go, useCall } from '../state/index.ts';
import { plural } from './format.ts';
import { attempt } from './notices.tsx';

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
            Evaluate {plural(kept.count - kept.queued, 'kept model')} again
          </Button>
        )}
        {deleted.count === deleted.queued ? null : (
          <Button
            {...WRAPPING}
            variant="default"
            loading={busy === 'evaluation.retrain'}
            onClick={() => void enqueue('evaluation.retrain')}
          >
            Train {plural(deleted.count - deleted.queued, 'deleted model')} again
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
  const reason = kept.reasons[0]?.reason ?? deleted.reasons[0]?.reason ?? 'something changed since';
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

function keptText({ count, queued }: StaleModelsDto): string {
  if (count === 0) return '';
  const [are, their] = count === 1 ? ['is', 'its'] : ['are', 'their'];
  return `${plural(count, 'kept model')} ${are} out of date or incomplete: evaluating ${count === 1 ? 'it' : 'them'} again gives ${count === 1 ? 'it' : 'them'} ${their} figures of today, without training.${queuedText(queued)}`;
}

function deletedText({ count, queued }: StaleModelsDto): string {
  if (count === 0) return '';
  return `${plural(count, 'deleted model')} would have to be trained again to be judged by today's rules.${queuedText(queued)}`;
}

function queuedText(queued: number): string {
  return queued === 0 ? '' : ` ${queued} of them ${queued === 1 ? 'is' : 'are'} in the queue already.`;
}
