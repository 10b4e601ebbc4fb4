import { Tabs } from '@mantine/core';
import { go, useUi } from '../state/index.ts';
import { Page, StaleModels } from '../ui/index.ts';
import { MarketTab } from './market-tab.tsx';
import { StorageTab } from './storage-tab.tsx';
import { texts } from './texts.ts';

const TABS = ['market', 'settings', 'storage'] as const;

/** Data & Settings: what models learn from, how they are judged, what they take up. */
export function DataPlace({ settings }: { readonly settings: React.ReactNode }) {
  const params = useUi((ui) => ui.params);
  const tab = TABS.find((known) => known === params.tab) ?? 'market';
  return (
    <Page title={texts.dataSettings}>
      <Tabs value={tab} onChange={(value) => go('data', { tab: value ?? 'market' })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="market">{texts.marketData}</Tabs.Tab>
          <Tabs.Tab value="settings">{texts.settings}</Tabs.Tab>
          <Tabs.Tab value="storage">{texts.storageBackup}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="market">
          <MarketTab openDialog={params.import !== undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <StaleModels />
          {settings}
        </Tabs.Panel>
        <Tabs.Panel value="storage">
          <StorageTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
