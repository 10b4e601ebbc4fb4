import { lazy, Suspense, useEffect, useState } from 'react';
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
import { useZone } from './state/zone.ts';
import { Afterwards, LoadingPlace } from './ui/index.ts';

interface Part {
  readonly default: React.ComponentType;
}

const PARTS: Readonly<Record<Place, () => Promise<Part>>> = {
  today: async () => {
    const [{ TodayPlace }, { FirstStart }] = await Promise.all([
      import('./today/index.tsx'),
      import('./queue/first-start.tsx'),
    ]);
    return { default: () => <TodayPlace firstStart={<FirstStart />} /> };
  },
  queue: async () => ({ default: (await import('./queue/index.tsx')).QueuePlace }),
  regimes: async () => ({ default: (await import('./regimes/index.tsx')).RegimesPlace }),
  evidence: async () => ({ default: (await import('./evidence/index.tsx')).EvidencePlace }),
  registry: async () => ({ default: (await import('./registry/index.tsx')).RegistryPlace }),
  live: async () => ({ default: (await import('./live/index.tsx')).LivePlace }),
  history: async () => ({ default: (await import('./history/index.tsx')).HistoryPlace }),
  data: async () => {
    const [{ DataPlace }, { SettingsPanel }] = await Promise.all([
      import('./data/index.tsx'),
      import('./settings/settings-form.tsx'),
    ]);
    return { default: () => <DataPlace settings={<SettingsPanel />} /> };
  },
};

const PLACES = Object.keys(PARTS) as Place[];
const loading = new Map<Place, Promise<Part>>();
const loaded = new Map<Place, Part>();

/** One that can't be loaded is asked for again. */
function load(place: Place): Promise<Part> {
  const known = loading.get(place);
  if (known !== undefined) return known;
  const part = PARTS[place]();
  loading.set(place, part);
  part.then(
    (value) => loaded.set(place, value),
    () => loading.delete(place),
  );
  return part;
}

const VIEWS = Object.fromEntries(
  PLACES.map((place) => [place, lazy(() => load(place))]),
) as unknown as Readonly<Record<Place, React.ComponentType>>;

/** A lazy view stands back for what takes its place even where it is loaded, and React leaves that there for 300 ms. */
function View({ place }: { readonly place: Place }) {
  const [Part] = useState(() => loaded.get(place)?.default ?? VIEWS[place]);
  return <Part />;
}

/** Where the browser has nothing to do, places that were not opened yet are loaded, one at a time: going there then waits for none of it. */
function loadPlaces(): () => void {
  const places = [...PLACES];
  let isOver = false;
  const next = () => {
    const place = places.shift();
    if (place === undefined || isOver) return;
    // What can't be loaded is said when it is gone to.
    void load(place)
      .catch(() => undefined)
      .then(() => whenIdle(next));
  };
  whenIdle(next);
  return () => {
    isOver = true;
  };
}

function whenIdle(then: () => void): void {
  if (typeof requestIdleCallback === 'undefined') setTimeout(then, 200);
  else requestIdleCallback(() => then());
}

/** The window: rail of places on the left, the place, a line of status below. */
export function App() {
  const place = useUi((ui) => ui.place);
  const restored = useUi((ui) => ui.restored);
  const zonesElsewhere = useZone((zone) => zone.elsewhere);
  useShortcuts();
  useMenuCommands();
  useNotices();
  useFileDrop();
  useNoticeRoom();
  useEffect(loadPlaces, []);
  return (
    <div className={classes.window}>
      <button type="button" className={classes.skip} onClick={focusPlace}>
        {texts.skipToContent}
      </button>
      <Rail />
      <main id="place" className={classes.place} tabIndex={-1}>
        <ConnectionNotice />
        <ErrorBoundary key={`${place} ${zonesElsewhere}`}>
          <Afterwards>
            <Suspense fallback={<LoadingPlace />}>
              <View place={place} />
            </Suspense>
          </Afterwards>
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
