import {
  IconArrowRight,
  IconClock,
  IconFileImport,
  IconInfoCircle,
  IconKeyboard,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconSun,
} from '@tabler/icons-react';
import { pauseRunning, resumePaused, startNext } from '../../queue/actions.ts';
import { NEW_JOBS } from '../../queue/new-jobs.ts';
import { go, isActive, openDialog, useQueues } from '../../state/index.ts';
import { PLACE_LABELS } from '../places.tsx';
import type { Command, CommandGroup } from './command.ts';
import { texts } from './texts.ts';

/** What the window itself can do: places, new jobs, and what is to be done with training. */
export function windowCommands(
  other: 'dark' | 'light',
  setScheme: (scheme: 'dark' | 'light') => void,
): CommandGroup[] {
  return [
    { title: texts.goTo, commands: PLACES },
    { title: texts.newJob, commands: NEW },
    {
      title: texts.doWord,
      commands: [
        ...trainingCommands(),
        IMPORT,
        {
          id: 'theme',
          label: texts.switchToTheme({ other }),
          words: texts.colorModeDarkLight,
          keys: 'T',
          icon: other === 'dark' ? IconMoon : IconSun,
          act: () => setScheme(other),
        },
        SHORTCUTS,
        ABOUT,
      ],
    },
  ];
}

const PLACES: readonly Command[] = PLACE_LABELS.map(({ place, label, icon }, index) => ({
  id: `go ${place}`,
  label,
  keys: String(index + 1),
  icon,
  act: () => go(place),
}));

const NEW: readonly Command[] = NEW_JOBS.map(({ value, title, params }) => ({
  id: `new ${value}`,
  label: title,
  words: texts.newJobWord,
  ...(value === 'grid' && { keys: 'N' }),
  icon: IconPlus,
  act: () => go('queue', params),
}));

const IMPORT: Command = {
  id: 'import',
  label: texts.importMarketData,
  words: texts.candlesBarsCsvFile,
  keys: 'I',
  icon: IconFileImport,
  act: () => go('data', { import: '1' }),
};

const ABOUT: Command = {
  id: 'about',
  label: texts.aboutRegimen,
  words: texts.versionLicenseNoticesLibrariesUpdate,
  icon: IconInfoCircle,
  act: () => openDialog('about'),
};

const SHORTCUTS: Command = {
  id: 'shortcuts',
  label: texts.keyboardShortcuts,
  words: texts.keysHelp,
  keys: '?',
  icon: IconKeyboard,
  act: () => openDialog('shortcuts'),
};

/** Only what can be done now. */
function trainingCommands(): Command[] {
  const queues = useQueues.getState().queues ?? [];
  const has = (...states: string[]) => queues.some(({ state }) => states.includes(state));
  const commands: Command[] = [];
  if (has('running')) {
    commands.push({
      id: 'pause',
      label: texts.pauseTraining,
      words: texts.stopQueueJob,
      keys: 'P',
      icon: IconPlayerPause,
      act: () => void pauseRunning(),
    });
  } else if (has('paused', 'crashed', 'failed')) {
    commands.push({
      id: 'resume',
      label: texts.resumeTraining,
      words: texts.goOnQueueJob,
      keys: 'P',
      icon: IconPlayerPlay,
      act: () => void resumePaused(),
    });
  }
  if (has('pending')) {
    commands.push({
      id: 'start',
      label: texts.startTraining,
      words: texts.queueJobNext,
      icon: IconPlayerPlay,
      act: () => void startNext(),
    });
  }
  const active = queues.find((queue) => isActive(queue));
  if (active !== undefined) {
    commands.push({
      id: 'running',
      label: texts.showName({ name: active.name }),
      words: texts.runningJobProgressLog,
      icon: active.state === 'running' ? IconArrowRight : IconClock,
      act: () => go('queue', { queue: String(active.id) }),
    });
  }
  return commands;
}
