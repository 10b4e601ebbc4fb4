import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ChampionDto } from '../../engine/contract/dto/index.ts';
import { call, go } from '../state/index.ts';
import { attempt, notify, useNameTitle } from '../ui/index.ts';
import { texts } from './texts.ts';

/** Makes a version of a champion, the candidate of its place, and goes to where it can be put in charge. */
export function MakeCandidate({ champion: { champion } }: { readonly champion: ChampionDto }) {
  const nameTitle = useNameTitle();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const made = await attempt(() => call('production.register', { champion }));
    setBusy(false);
    if (made === undefined) return;
    notify(
      texts.candidateMade,
      texts.versionOfIsTrainedUp({ version: made.version, name: nameTitle(made.name) }),
    );
    go('registry', { name: made.name });
  };
  return (
    <Button variant="default" loading={busy} onClick={() => void make()}>
      {texts.makeCandidate}
    </Button>
  );
}
