import { lazy, Suspense } from 'react';
import { AboutDialog } from './shell/about-dialog.tsx';
import { ConnectionNotice } from './shell/connection-notice.tsx';
import { DropMark } from './shell/drop-mark.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { CommandPalette } from './shell/palette/command-palette.tsx';
import { Rail } from './shell/rail.tsx';
import { RecoveryDialog } from './shell/recovery-dialog.tsx';
import classes from './shell/shell.module.css';
import { ShortcutsDialog } from './shell/shortcuts-dialog.tsx';
import { StatusBar } from './shell/status-bar.tsx';
import { texts } from './shell/texts.ts';
import { useFileDrop } from './shell/use-file-drop.ts';
import { useMenuCommands } from './shell/use-menu-commands.ts';
import { useNoticeRoom } from './shell/use-notice-room.ts';
import { useNotices } from './shell/use-notices.ts';
import { useShortcuts } from './shell/use-shortcuts.ts';
import { type Place, useUi } from './state/index.ts';
import { LoadingPlace } from './ui/index.ts';

const VIEWS: Readonly<Record<Place, React.ComponentType>> = {
  today: lazy(async () => {
    const [{ TodayPlace }, { FirstStart }] = await Promise.all([
      import('./today/index.tsx'),
      import('./queue/first-start.tsx'),
    ]);
    return { default: () => <TodayPlace firstStart={<FirstStart />} /> };
  }),
  queue: lazy(async () => ({ default: (await import('./queue/index.tsx')).QueuePlace })),
  regimes: lazy(async () => ({ default: (await import('./regimes/index.tsx')).RegimesPlace })),
  evidence: lazy(async () => ({ default: (await import('./evidence/index.tsx')).EvidencePlace })),
  registry: lazy(async () => ({ default: (await import('./registry/index.tsx')).RegistryPlace })),
  live: lazy(async () => ({ default: (await import('./live/index.tsx')).LivePlace })),
  history: lazy(async () => ({ default: (await import('./history/index.tsx')).HistoryPlace })),
  data: lazy(async () => {
    const [{ DataPlace }, { SettingsPanel }] = await Promise.all([
      import('./data/index.tsx'),
      import('./settings/settings-form.tsx'),
    ]);
    return { default: () => <DataPlace settings={<SettingsPanel />} /> };
  }),
};

/** The window: rail of places on the left, the place, a line of status below. */
export function App() {
  const place = useUi((ui) => ui.place);
  const restored = useUi((ui) => ui.restored);
  useShortcuts();
  useMenuCommands();
  useNotices();
  useFileDrop();
  useNoticeRoom();
  const View = VIEWS[place];
  return (
    <div className={classes.window}>
      <button type="button" className={classes.skip} onClick={focusPlace}>
        {texts.skipToContent}
      </button>
      <Rail />
      <main id="place" className={classes.place} tabIndex={-1}>
        <ConnectionNotice />
        <ErrorBoundary key={place}>
          <Suspense fallback={<LoadingPlace />}>
            <View />
          </Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
      <RecoveryDialog key={restored} />
      <DropMark />
      <CommandPalette />
      <AboutDialog />
      <ShortcutsDialog />
    </div>
  );
}

/** The address bar's fragment names the place, so a link could not do this. */
function focusPlace(): void {
  document.getElementById('place')?.focus();
}
