import { Alert, Button } from '@mantine/core';
import { IconTableOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { call, go } from '../../state/index.ts';
import { attempt } from '../../ui/index.ts';

/** Says why a run has no table of strategies, and offers the job that computes it, with those of all others like it. */
export function MissingTable({ run }: { readonly run: RunDetailDto }) {
  const [busy, setBusy] = useState(false);
  const enqueue = async () => {
    setBusy(true);
    const made = await attempt(() =>
      call(run.kept ? 'evaluation.create' : 'evaluation.retrain', { enqueue: true }),
    );
    setBusy(false);
    if (made !== undefined) go('queue', { queue: String(made.queueId) });
  };
  return (
    <Alert
      color="gray"
      variant="light"
      mb="md"
      title="No table of strategies"
      icon={<IconTableOff aria-hidden />}
      role="region"
      aria-label="No table of strategies"
    >
      {run.missingTable}
      <Button size="xs" mt="sm" display="block" loading={busy} onClick={() => void enqueue()}>
        {run.kept ? 'Evaluate kept models again' : 'Train deleted models again'}
      </Button>
    </Alert>
  );
}
