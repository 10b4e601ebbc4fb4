import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHelpCircle } from '@tabler/icons-react';
import type { QueueDto, ValidationDto } from '../../engine/contract/dto/index.ts';
import { SCHEME_PURPOSE } from '../../engine/contract/validation.ts';
import { call, showAnswer, useCall } from '../state/index.ts';
import { CriteriaTable } from '../strategy/validation/index.ts';
import { attempt, ErrorState, plural } from '../ui/index.ts';
import classes from './queue.module.css';
import { MissedHelp, stitchedText } from './validation-results.tsx';

interface QuestionProps {
  readonly queue: QueueDto;
}

/** The answer to a job that has computed quick and asks whether full is to follow. */
export function GoOn({ queue }: QuestionProps) {
  const [opened, { open, close }] = useDisclosure(false);
  // Known before it is asked, so that the answer that Enter gives is there from the first moment.
  const { data, error, refresh } = useCall('validation.list', { queueId: queue.id });
  return (
    <>
      <Button
        leftSection={<IconHelpCircle size={16} aria-hidden />}
        loading={data === undefined && error === undefined}
        onClick={open}
      >
        Go on with full?
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="xl"
        title={`Go on with full? ${queue.name}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {data !== undefined ? (
          <Asked queue={queue} validations={data} onDone={close} />
        ) : error === undefined ? null : (
          <ErrorState error={error} retry={refresh} />
        )}
      </Modal>
    </>
  );
}

interface AskedProps extends QuestionProps {
  readonly validations: readonly ValidationDto[];
  onDone(): void;
}

/** With all criteria met Yes is proposed; where any is missed No is what Enter answers. */
function Asked({ queue, validations, onDone }: AskedProps) {
  const missed = validations.filter(({ met }) => met !== true).length;
  const answer = async (goOn: boolean) => {
    onDone();
    await attempt(() => showAnswer(() => call('validation.confirm', { queueId: queue.id, goOn })));
  };
  return (
    <div className={classes.validation}>
      <p>
        {missed === 0
          ? 'All criteria of quick are met: full is worth its time.'
          : `Criteria are missed${validations.length === 1 ? '' : ` in ${missed} of ${plural(validations.length, 'validation')}`}: what quick rejects, full seldom brings back.`}
      </p>
      {validations.map((validation) => (
        <section key={validation.id} aria-label={`Quick of ${validation.symbol} ${validation.timeframe}`}>
          <h3 className={classes.askedTitle}>
            {validation.champion ?? `${validation.symbol} ${validation.timeframe}`}
          </h3>
          <p className={classes.note}>{stitchedText(validation.stitched)}</p>
          <CriteriaTable
            criteria={validation.criteria}
            met={validation.met}
            of={`asked of ${validation.champion ?? `${validation.symbol} ${validation.timeframe}`}`}
          />
          <MissedHelp validation={validation} />
        </section>
      ))}
      <p className={classes.note}>{SCHEME_PURPOSE.full}</p>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus={missed > 0 || undefined} onClick={() => void answer(false)}>
          No, leave it at quick
        </Button>
        <Button
          variant={missed === 0 ? 'filled' : 'default'}
          data-autofocus={missed === 0 || undefined}
          onClick={() => void answer(true)}
        >
          Yes, go on with full
        </Button>
      </Group>
    </div>
  );
}
