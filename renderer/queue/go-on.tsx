import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHelpCircle } from '@tabler/icons-react';
import type { QueueDto, ValidationDto } from '../../engine/contract/dto/index.ts';
import { SCHEME_PURPOSE } from '../../engine/contract/validation.ts';
import { call, showAnswer, useCall } from '../state/index.ts';
import { CriteriaTable } from '../strategy/validation/index.ts';
import { attempt, ErrorState, useChampionTitle } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './queue.module.css';
import { texts } from './texts/jobs.ts';
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
        {texts.goOnWithFull}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="xl"
        title={texts.goOnWithFullName({ name: queue.name })}
        closeButtonProps={{ 'aria-label': common.close }}
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
  const championTitle = useChampionTitle();
  const titleOfValidation = ({ champion, symbol, timeframe }: ValidationDto) =>
    champion === null ? `${symbol} ${timeframe}` : championTitle(champion);
  const missed = validations.filter(({ met }) => met !== true).length;
  const answer = async (goOn: boolean) => {
    onDone();
    await attempt(() => showAnswer(() => call('validation.confirm', { queueId: queue.id, goOn })));
  };
  return (
    <div className={classes.validation}>
      <p>
        {missed === 0
          ? texts.allCriteriaOfQuick
          : texts.criteriaAreMissed({ validations: validations.length, missed })}
      </p>
      {validations.map((validation) => (
        <section
          key={validation.id}
          aria-label={texts.quickOf({ symbol: validation.symbol, timeframe: validation.timeframe })}
        >
          <h3 className={classes.askedTitle}>{titleOfValidation(validation)}</h3>
          <p className={classes.note}>{stitchedText(validation.stitched)}</p>
          <CriteriaTable
            criteria={validation.criteria}
            met={validation.met}
            of={texts.askedOf({
              champion: titleOfValidation(validation),
            })}
          />
          <MissedHelp validation={validation} />
        </section>
      ))}
      <p className={classes.note}>{SCHEME_PURPOSE.full}</p>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus={missed > 0 || undefined} onClick={() => void answer(false)}>
          {texts.noLeave}
        </Button>
        <Button
          variant={missed === 0 ? 'filled' : 'default'}
          data-autofocus={missed === 0 || undefined}
          onClick={() => void answer(true)}
        >
          {texts.yesGo}
        </Button>
      </Group>
    </div>
  );
}
