import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app.tsx';
import { createClient } from './client/index.ts';
import { type BuildPlace, reloadStaleBuild } from './client/stale-build.ts';
import { connect } from './state/connect.ts';
import { followHash } from './state/ui.ts';
import { followZone } from './state/zone.ts';
import { cssVariables, theme } from './ui/theme.ts';

// The content security policy forbids compiled schemas; without this zod would try and be reported.
z.config({ jitless: true });

followHash();
followZone(window);
const isBack = reloadStaleBuild(window as unknown as BuildPlace);
const client = createClient();
connect(client);
client.onConnection((connection) => {
  if (connection === 'open') isBack();
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-left" limit={3} className="notices" />
      <App />
    </MantineProvider>
  </StrictMode>,
);
