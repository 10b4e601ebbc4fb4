import { Code, Title } from '@mantine/core';
import { adviceOfRun } from '../../../engine/contract/advice.ts';
import { AXIS_LIST } from '../../../engine/contract/configuration.ts';
import type { ChampionDto, RunDetailDto } from '../../../engine/contract/dto/index.ts';
import { namedHyperparameters } from '../../../engine/contract/hyperparameters.ts';
import { parameterTitle } from '../../../engine/contract/parameter-titles.ts';
import { useModelTitle } from '../../state/index.ts';
import {
  AdviceList,
  axisText,
  DASH,
  formatBytes,
  formatCount,
  formatDuration,
  formatShort,
  formatTime,
  Gradually,
  Metric,
  Metrics,
} from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import classes from '../history.module.css';
import { indicatorsText } from '../indicators-text.ts';
import { Beside } from './beside.tsx';
import { LeftOut } from './left-out.tsx';
import { ResultsOverview } from './results-overview.tsx';
import { texts } from './texts.ts';

/** Values of a word; the others have a line of their own. */
const PLAIN_AXES = AXIS_LIST.filter(({ key }) => key !== 'indicatorTimeframes' && key !== 'hyperparameters');

interface OverviewTabProps {
  readonly run: RunDetailDto;
  readonly champions: readonly ChampionDto[];
}

/** What was trained, how well it predicts, and what its strategies made of that. */
export function OverviewTab({ run, champions }: OverviewTabProps) {
  const modelTitle = useModelTitle();
  return (
    <div className={classes.stack}>
      <Gradually>
        <AdviceList of={adviceOfRun(run)} />
        <section aria-label={texts.trainingMetrics}>
          <Title order={3} className={classes.heading}>
            {texts.trainingMetricsOnLeftOut}
          </Title>
          <Metrics label={texts.trainingMetrics}>
            <Metric term="rankIc" value={run.rankIc} />
            <Metric term="r2" value={run.r2} />
            <Metric term="rmse" value={run.rmse} />
            <Metric term="mae" value={run.mae} />
          </Metrics>
        </section>
        {run.leftOut === null ? null : <LeftOut models={run.leftOut} />}
        {run.beside === null ? null : <Beside rows={run.beside} />}
        <ResultsOverview run={run} champions={champions} />
        <section aria-label={texts.configuration}>
          <Title order={3} className={classes.heading}>
            {texts.configuration}
          </Title>
          <dl className={classes.facts}>
            {PLAIN_AXES.map(({ key, title }) => (
              <Fact key={key} name={title}>
                {axisText(key, run[key], modelTitle)}
              </Fact>
            ))}
            <Fact name={texts.trainingRows}>{formatCount(run.trainRows)}</Fact>
            <Fact name={common.trainingTime}>{formatDuration(run.seconds)}</Fact>
            <Fact name={common.modelFile}>
              {texts.dashDeleted({
                dash: run.artifactBytes === 0 ? DASH : formatBytes(run.artifactBytes),
                artifactFile: run.artifactFile,
              })}
            </Fact>
            <Fact name={texts.createdAt}>{formatTime(run.createdAt)}</Fact>
            <Fact name="UUID" wide>
              <code className={classes.uuid}>{run.uuid}</code>
            </Fact>
            <Fact name={texts.indicators} wide>
              {indicatorsText(run.indicatorTimeframes)}
            </Fact>
            <Fact name={texts.hyperParameters} wide>
              {namedHyperparameters(run.hyperparameters).length === 0 ? texts.none : null}
              {namedHyperparameters(run.hyperparameters).map(({ name, value }) => (
                <Code key={name} mr={6} title={name}>
                  {parameterTitle(name)} = {typeof value === 'number' ? formatShort(value) : String(value)}
                </Code>
              ))}
            </Fact>
          </dl>
        </section>
        <section aria-label={texts.basedOn}>
          <Title order={3} className={classes.heading}>
            {texts.basedOn}
          </Title>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <pre className={classes.basis} style={{ maxHeight: '14rem' }} tabIndex={0}>
            {Object.entries(run.basis)
              .map(([part, value]) => `${part}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
              .join('\n')}
          </pre>
        </section>
      </Gradually>
    </div>
  );
}

interface FactProps {
  readonly name: string;
  readonly wide?: boolean;
  readonly children: React.ReactNode;
}

function Fact({ name, wide, children }: FactProps) {
  return (
    <div data-wide={wide}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
