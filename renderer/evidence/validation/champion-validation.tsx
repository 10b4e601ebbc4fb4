import { Button, SegmentedControl } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChampionDto, ValidationBriefDto } from '../../../engine/contract/dto/index.ts';
import { useCall } from '../../state/index.ts';
import { validateHash } from '../../state/validate-link.ts';
import { SCHEME_NOTES, SCHEME_TITLES } from '../../strategy/validation/figures.ts';
import { EmptyState, ErrorState, LoadingRows, Panel } from '../../ui/index.ts';
import { common } from '../../ui/texts/common.ts';
import { texts } from './texts.ts';
import classes from './validation.module.css';
import { ValidationView } from './validation-view.tsx';

/** What bars that chose nothing say of a champion: its validations, the one that decides first. */
export function ChampionValidation({ champion }: { readonly champion: ChampionDto }) {
  const name = champion.champion;
  const { data, error, refresh } = useCall('evidence.validations', { champion: name });
  const validate = (
    <Button
      component="a"
      href={validateHash({ kind: 'champion', champion: name })}
      variant="default"
      size="xs"
    >
      {common.validate}
    </Button>
  );
  if (error !== undefined) {
    return (
      <Panel title={common.outOfSample}>
        <ErrorState error={error} retry={refresh} />
      </Panel>
    );
  }
  if (data === undefined) {
    return (
      <Panel title={common.outOfSample}>
        <LoadingRows rows={6} />
      </Panel>
    );
  }
  if (data.length === 0) {
    return (
      <Panel title={common.outOfSample} flush>
        <EmptyState
          icon={<IconScale size={28} aria-hidden />}
          title={texts.notValidatedYet}
          action={
            <Button component="a" href={validateHash({ kind: 'champion', champion: name })}>
              {texts.validateThisChampion}
            </Button>
          }
        >
          {texts.itsConfigurationIsTrainedAgain}
        </EmptyState>
      </Panel>
    );
  }
  return <Chosen key={data[0]!.id} briefs={data} champion={champion} action={validate} />;
}

interface ChosenProps {
  readonly briefs: readonly ValidationBriefDto[];
  readonly champion: ChampionDto;
  readonly action: React.ReactNode;
}

function Chosen({ briefs, champion, action }: ChosenProps) {
  const [first] = briefs as readonly [ValidationBriefDto];
  const [id, setId] = useState(first.id);
  const chosen = briefs.find((brief) => brief.id === id) ?? first;
  return (
    <Panel title={common.outOfSample} note={noteOf(chosen)} actions={action}>
      <div className={classes.stack}>
        {briefs.length < 2 ? null : (
          <div className={classes.choice}>
            <SegmentedControl
              aria-label={texts.validation}
              size="xs"
              value={String(chosen.id)}
              onChange={(value) => setId(Number(value))}
              data={briefs.map((brief) => ({
                value: String(brief.id),
                label: `${SCHEME_TITLES[brief.scheme]}${brief.decisive ? texts.decides : ''}`,
              }))}
            />
          </div>
        )}
        <ValidationView key={chosen.id} brief={chosen} champion={champion} />
      </div>
    </Panel>
  );
}

function noteOf({ scheme, decisive, pending }: ValidationBriefDto): string {
  const rests =
    pending > 0
      ? texts.foldsAreStillMissing
      : decisive
        ? texts.verdictRestsOnIt
        : texts.verdictRestsOnAnother;
  return `${SCHEME_TITLES[scheme]}. ${SCHEME_NOTES[scheme]} ${rests}`;
}
