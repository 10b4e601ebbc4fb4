import { Select } from '@mantine/core';
import { chooseZone, useZone, ZONE_CHOICES, type ZoneChoice, zoneOf } from '../state/zone.ts';
import { formatTime, Panel } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './settings.module.css';
import { texts } from './texts.ts';

const TITLES: Readonly<Record<ZoneChoice, string>> = texts.titles;

/** How things are shown: of this browser, at once, and no part of the file. */
export function DisplayPanel() {
  const { choice } = useZone();
  return (
    <Panel title={texts.display} note={texts.howThingsAreShown}>
      <div className={classes.fields}>
        <div className={classes.setting}>
          <Select
            label={common.timeZone}
            description={texts.ofEveryTimeInTables}
            inputWrapperOrder={['label', 'input', 'description']}
            allowDeselect={false}
            data={ZONE_CHOICES.map((one) => ({ value: one, label: labelOf(one) }))}
            value={choice}
            onChange={(value) => value !== null && chooseZone(value as ZoneChoice)}
          />
        </div>
        <p className={classes.clock} role="status">
          {texts.nowItIs({ now: formatTime(Date.now()) })}
        </p>
      </div>
    </Panel>
  );
}

const labelOf = (choice: ZoneChoice) =>
  choice === 'utc' ? TITLES.utc : `${TITLES[choice]} (${zoneOf(choice).name})`;
