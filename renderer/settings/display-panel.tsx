import { Select } from '@mantine/core';
import { chooseZone, useZone, ZONE_CHOICES, type ZoneChoice, zoneOf } from '../state/zone.ts';
import { formatTime, Panel } from '../ui/index.ts';
import classes from './settings.module.css';

const TITLES: Readonly<Record<ZoneChoice, string>> = { utc: 'UTC', local: 'Local', market: 'Market' };

/** How things are shown: of this browser, at once, and no part of the file. */
export function DisplayPanel() {
  const { choice } = useZone();
  return (
    <Panel
      title="Display"
      note="How things are shown in this browser. Takes effect at once; no result changes."
    >
      <div className={classes.fields}>
        <div className={classes.setting}>
          <Select
            label="Time zone"
            description="Of every time in tables, filters, charts, logs and files of what is shown. Market is the clock of most trading servers, 7 hours ahead of New York: the currency market’s day begins at its midnight."
            inputWrapperOrder={['label', 'input', 'description']}
            allowDeselect={false}
            data={ZONE_CHOICES.map((one) => ({ value: one, label: labelOf(one) }))}
            value={choice}
            onChange={(value) => value !== null && chooseZone(value as ZoneChoice)}
          />
        </div>
        <p className={classes.clock} role="status">
          Now it is {formatTime(Date.now())}.
        </p>
      </div>
    </Panel>
  );
}

const labelOf = (choice: ZoneChoice) =>
  choice === 'utc' ? TITLES.utc : `${TITLES[choice]} (${zoneOf(choice).name})`;
