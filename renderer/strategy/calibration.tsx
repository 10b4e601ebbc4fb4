import type { LeftOutDto } from '../../engine/contract/dto/index.ts';
import { CalibrationChart } from '../charts/calibration-chart.tsx';
import classes from './strategy.module.css';
import { texts } from './texts.ts';

const TITLES = texts.titles;

/** Whether the probabilities of a run's classifiers mean what they say, on rows that their members left out. */
export function Calibration({ models }: { readonly models: readonly LeftOutDto[] }) {
  return (
    <div className={classes.calibrations}>
      {models.map(({ side, classes: said }) =>
        said === null ? null : (
          <CalibrationChart
            key={side}
            title={TITLES[side]}
            bins={said.calibration}
            baseRate={said.positives / said.rows}
          />
        ),
      )}
    </div>
  );
}
