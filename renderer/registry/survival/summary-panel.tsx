import { Button } from '@mantine/core';
import { useCall } from '../../state/index.ts';
import { formatHash } from '../../state/ui.ts';
import { ErrorState, formatPercent, LoadingRows, Panel } from '../../ui/index.ts';
import classes from '../registry.module.css';
import { rowsSentence } from './words.ts';

/** What survives, in short: who speaks beside champions, or what is missing for that. */
export function SurvivalSummary() {
  const versions = useCall('survival.list', {});
  const rows = useCall('survival.rows', {});
  const error = versions.error ?? rows.error;
  const speaking = versions.data?.find(({ stage }) => stage === 'Production');
  return (
    <Panel
      title="What survives"
      note="A model that learns from every fold of validated grids how likely a contender makes money in the window that follows."
      actions={
        <Button component="a" href={formatHash('registry', { view: 'survival' })} variant="default">
          Versions and figures
        </Button>
      }
    >
      {error !== undefined ? (
        <ErrorState
          error={error}
          retry={() => {
            versions.refresh();
            rows.refresh();
          }}
        />
      ) : versions.data === undefined || rows.data === undefined ? (
        <LoadingRows rows={1} />
      ) : (
        <p className={classes.consequence}>
          {speaking === undefined
            ? `Nobody is in production. ${rowsSentence(rows.data)}`
            : `Version ${speaking.version} is in production: its word stands beside each champion. Base rate ${formatPercent(speaking.baseRate, 0)}, a stake pays from ${formatPercent(speaking.breakEven, 0)} on.`}
        </p>
      )}
    </Panel>
  );
}
