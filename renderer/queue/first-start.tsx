import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { MARKET_FILE_ENDINGS } from '../../engine/contract/market-files.ts';
import { chooseFiles } from '../client/choose-file.ts';
import { call, go, loadWorkspace, useUi } from '../state/index.ts';
import { attempt } from '../ui/index.ts';
import { loadDraft } from './draft.ts';
import classes from './first-start.module.css';

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
        <Title order={1}>Welcome to Regimen</Title>
        <Text c="dimmed" mt={6} maw={560}>
          Train a whole grid of forex models, test each of them with every strategy, and keep the few that
          lead a market regime.
        </Text>
      </div>
      <ol className={classes.steps}>
        <li>
          <strong>Build a grid</strong>
          <span>Models, symbols, timeframes, history, horizons: every combination is one model.</span>
        </li>
        <li>
          <strong>Let it train</strong>
          <span>Pause, close or pull the plug: it goes on where it was.</span>
        </li>
        <li>
          <strong>Meet the champions</strong>
          <span>The best model and strategy of each market regime, after costs.</span>
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
            Try with demo data
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconFileImport size={18} aria-hidden />}
            onClick={importOwn}
          >
            Import my own data
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          The demo market is made up: three symbols with known regimes, ready in a second. It is marked
          wherever it shows.
        </Text>
      </Stack>
    </div>
  );
}
