import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { MARKET_FILE_ENDINGS } from '../../engine/contract/market-files.ts';
import { chooseFiles } from '../client/choose-file.ts';
import { call, go, loadWorkspace, useUi } from '../state/index.ts';
import { attempt } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { loadDraft } from './draft.ts';
import classes from './first-start.module.css';
import { texts } from './texts/first-start.ts';

/** An empty workspace: demo data with a ready grid, or one's own data. */
export function FirstStart() {
  const [busy, setBusy] = useState(false);
  const demo = async () => {
    setBusy(true);
    await attempt(async () => {
      await call('market.demo', {});
      loadDraft(await call('grid.demo', {}));
      await loadWorkspace(['series']);
      go('queue', { new: '1' });
    });
    setBusy(false);
  };
  // The dialog may only open from a click; what is chosen is looked at where imports are.
  const importOwn = async () => {
    const files = await chooseFiles(MARKET_FILE_ENDINGS.join());
    if (files.length === 0) return;
    useUi.setState({ dropped: files });
    go('data');
  };
  return (
    <div className={classes.welcome}>
      <div>
        <Title order={1}>{texts.welcomeToRegimen}</Title>
        <Text c="dimmed" mt={6} maw={560}>
          {texts.trainWholeGridOfForex}
        </Text>
      </div>
      <ol className={classes.steps}>
        <li>
          <strong>{common.buildGrid}</strong>
          <span>{texts.modelsSymbolsTimeframesHistoryHorizons}</span>
        </li>
        <li>
          <strong>{texts.letItTrain}</strong>
          <span>{texts.pauseCloseOrPull}</span>
        </li>
        <li>
          <strong>{texts.meetChampions}</strong>
          <span>{texts.bestModelAndStrategy}</span>
        </li>
      </ol>
      <Stack gap="xs">
        <Group>
          <Button
            size="md"
            loading={busy}
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            onClick={demo}
          >
            {texts.tryWithDemoData}
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
            onClick={importOwn}
          >
            {texts.importMyOwnData}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {texts.demoMarketIsMadeUp}
        </Text>
      </Stack>
    </div>
  );
}
