import { Button } from '@mantine/core';
import { useCall } from '../../state/index.ts';
import { formatHash } from '../../state/ui.ts';
import { ErrorState, formatPercent, LoadingRows, Panel } from '../../ui/index.ts';
import classes from '../registry.module.css';
import { texts } from './texts.ts';
import { rowsSentence } from './words.ts';

/** What survives, in short: who speaks beside champions, or what is missing for that. */
export function SurvivalSummary() {
  const versions = useCall('survival.list', {});
  const rows = useCall('survival.rows', {});
  const error = versions.error ?? rows.error;
  const speaking = versions.data?.find(({ stage }) => stage === 'Production');
  return (
    <Panel
      title={texts.whatSurvives}
      note={texts.modelThatLearnsFromEvery}
      actions={
        <Button component="a" href={formatHash('registry', { view: 'survival' })} variant="default">
          {texts.versionsAndFigures}
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
            ? texts.nobodyIsInProduction({ rowsSentence: rowsSentence(rows.data) })
            : texts.versionIsInProduction({
                version: speaking.version,
                baseRate: formatPercent(speaking.baseRate, 0),
                breakEven: formatPercent(speaking.breakEven, 0),
              })}
        </p>
      )}
    </Panel>
  );
}
