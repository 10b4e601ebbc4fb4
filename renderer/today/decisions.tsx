import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { DecisionCode, DecisionDto, OverviewDto } from '../../engine/contract/dto/index.ts';
import type { Place } from '../state/index.ts';
import { formatHash } from '../state/ui.ts';
import { validateHash } from '../state/validate-link.ts';
import { Badge, Panel, type Tone } from '../ui/index.ts';
import { Rest } from './rest.tsx';
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
  'job-crashed': { word: 'Interrupted', tone: 'loss', button: 'Open job', href: toJob },
  'job-failed': { word: 'Failed', tone: 'loss', button: 'Open job', href: toJob },
  'job-confirmation': { word: 'Waits for you', tone: 'warning', button: 'Decide', href: toJob },
  'job-paused': { word: 'Paused', tone: 'warning', button: 'Open job', href: toJob },
  'gate-passed': { word: 'Gate passed', tone: 'gain', button: 'Look and promote', href: toName },
  'version-expired': { word: 'Expired', tone: 'warning', button: 'Open version', href: toName },
  'version-stale': { word: 'Stale', tone: 'loss', button: 'Open version', href: toName },
  'data-late': { word: 'Data late', tone: 'warning', button: 'Import candles', href: to('data') },
  'alerts-undelivered': { word: 'Not delivered', tone: 'warning', button: 'Open alerts', href: to('live') },
  'champions-stale': { word: 'Out of date', tone: 'neutral', button: 'Evaluate again', href: to('regimes') },
  'champions-unvalidated': {
    word: 'Not validated',
    tone: 'neutral',
    button: 'Validate champions',
    href: () => validateHash({ kind: 'champions' }),
  },
};

/** What waits for a person, each with the way there. */
export function Decisions({ decisions }: Pick<OverviewDto, 'decisions'>) {
  return (
    <Panel title="To decide" flush>
      {decisions.total === 0 ? (
        <p className={classes.nothing}>
          <IconCircleCheck size={18} aria-hidden /> Nothing waits for you.
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
                  <p className={classes.text}>{decision.text}</p>
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
