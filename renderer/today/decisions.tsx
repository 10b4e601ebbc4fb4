import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { DecisionCode, DecisionDto, OverviewDto } from '../../engine/contract/dto/index.ts';
import type { Place } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { validateHash } from '../state/validate-link.ts';
import { Badge, Panel, type Tone, wholeDates } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { Rest } from './rest.tsx';
import { texts } from './texts.ts';
import classes from './today.module.css';

interface Way {
  readonly word: string;
  readonly tone: Tone;
  /** What the button says. */
  readonly button: string;
  href(decision: DecisionDto): string;
}

const toJob = ({ job }: DecisionDto) => formatHash('queue', { queue: String(job) });
const toName = ({ name }: DecisionDto) => formatHash('registry', { name: name ?? '' });
const to = (place: Place) => () => formatHash(place);

const WAYS: Readonly<Record<DecisionCode, Way>> = {
  'job-crashed': { word: texts.interrupted, tone: 'loss', button: texts.openJob, href: toJob },
  'job-failed': { word: common.failed, tone: 'loss', button: texts.openJob, href: toJob },
  'job-confirmation': { word: texts.waitsForYou, tone: 'warning', button: texts.decide, href: toJob },
  'job-paused': { word: texts.paused, tone: 'warning', button: texts.openJob, href: toJob },
  'gate-passed': { word: texts.gatePassed, tone: 'gain', button: texts.lookAndPromote, href: toName },
  'version-expired': { word: common.expired, tone: 'warning', button: texts.openVersion, href: toName },
  'version-stale': { word: common.stale, tone: 'loss', button: texts.openVersion, href: toName },
  'data-late': { word: texts.dataLate, tone: 'warning', button: texts.importCandles, href: to('data') },
  'alerts-undelivered': {
    word: texts.notDelivered,
    tone: 'warning',
    button: texts.openAlerts,
    href: to('live'),
  },
  'champions-stale': {
    word: texts.outOfDate,
    tone: 'neutral',
    button: texts.evaluateAgain,
    href: to('regimes'),
  },
  'champions-unvalidated': {
    word: texts.notValidated,
    tone: 'neutral',
    button: texts.validateChampions,
    href: () => validateHash({ kind: 'champions' }),
  },
};

/** What waits for a person, each with the way there. */
export function Decisions({ decisions }: Pick<OverviewDto, 'decisions'>) {
  return (
    <Panel title={texts.toDecide} flush>
      {decisions.total === 0 ? (
        <p className={classes.nothing}>
          <IconCircleCheck size={18} aria-hidden /> {texts.nothingWaitsForYou}
        </p>
      ) : (
        <ul className={classes.list}>
          {decisions.listed.map((decision) => {
            const { word, tone, button, href } = WAYS[decision.code];
            return (
              <li key={`${decision.code} ${decision.job} ${decision.subject}`}>
                <div>
                  <p className={classes.subject}>
                    <strong title={decision.subject}>{decision.subject}</strong>{' '}
                    <Badge tone={tone}>{word}</Badge>
                  </p>
                  <p className={classes.text}>{wholeDates(decision.text)}</p>
                </div>
                <Button
                  component="a"
                  size="xs"
                  variant="default"
                  href={href(decision)}
                  aria-label={`${button}: ${decision.subject}`}
                >
                  {button}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <Rest of={decisions} />
    </Panel>
  );
}
