import { Alert, Tooltip } from '@mantine/core';
import { IconCheck, IconClockPause, IconFileOff } from '@tabler/icons-react';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { Badge, GLOSSARY } from '../ui/index.ts';
import { texts } from './texts.ts';

type Standing = Pick<ChampionDto, 'stale' | 'modelMissing'>;

/** Whether a champion counts today, as a mark in the table; where it does not, why, at the pointer or the focus. */
export function StandingMark({ stale, modelMissing }: Standing) {
  if (stale === null && !modelMissing) {
    return <IconCheck size={16} role="img" aria-label={texts.hasBestModel} />;
  }
  const term = stale === null ? 'modelMissing' : 'stale';
  return (
    <Tooltip label={stale ?? GLOSSARY.modelMissing.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be readable without a mouse. */}
      <span tabIndex={0}>
        <Badge tone="warning">{GLOSSARY[term].title}</Badge>
      </span>
    </Tooltip>
  );
}

/** The same at the head of its panel, in whole sentences; nothing for a champion that counts. */
export function StandingNotes({ stale, modelMissing }: Standing) {
  return (
    <>
      {stale === null ? null : (
        <Alert
          color="gray"
          variant="light"
          title={GLOSSARY.stale.title}
          icon={<IconClockPause aria-hidden />}
        >
          {stale} {GLOSSARY.stale.text}
        </Alert>
      )}
      {modelMissing ? (
        <Alert
          color="gray"
          variant="light"
          title={GLOSSARY.modelMissing.title}
          icon={<IconFileOff aria-hidden />}
        >
          {GLOSSARY.modelMissing.text}
        </Alert>
      ) : null}
    </>
  );
}
