import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { EngineError } from '../../engine/contract/errors.ts';
import { ErrorState } from './states.tsx';
import { texts } from './texts/ui.ts';

/** Why there is no equity curve. That model, data or rules are no longer the same is news, not a failure. */
export function TraceError({ error, retry }: { readonly error: EngineError; readonly retry: () => void }) {
  if (error.code !== 'conflict') return <ErrorState error={error} retry={retry} />;
  return (
    <Alert color="gray" variant="light" title={texts.noEquityCurve} icon={<IconInfoCircle aria-hidden />}>
      {error.message}
    </Alert>
  );
}
