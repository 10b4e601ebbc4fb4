import { Kbd, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall, useModelTitle, useQueues, useRegimeTitle, useWorkspace } from '../../state/index.ts';
import { type Command, type CommandGroup, found, MOST_SHOWN } from './command.ts';
import classes from './palette.module.css';
import { texts } from './texts.ts';
import { windowCommands } from './window-commands.ts';
import { runCommands, type Titles, workspaceCommands } from './workspace-commands.ts';

/** Shorter words are in most runs. */
const LEAST_LETTERS = 2;
/** Runs are asked for once typing pauses. */
const PAUSE_MS = 150;

/** Finds and does everything by a few letters: places, new jobs, training, and whatever the workspace holds. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      // Wherever the cursor is: no field has a use for these keys.
      tagsToIgnore={[]}
      scrollable
      maxHeight="min(28rem, 70dvh)"
      size="lg"
      attributes={{ content: { 'aria-label': texts.commandPalette } }}
    >
      <Spotlight.Search
        placeholder={texts.goToDoFind}
        aria-label={texts.commandPalette}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
      />
      <Found query={query.trim()} />
      <Spotlight.Footer className={classes.foot}>
        <span>{texts.upDownChoose({ up: <Kbd size="xs">↑</Kbd>, down: <Kbd size="xs">↓</Kbd> })}</span>
        <span>{texts.enterDo({ key: (words) => <Kbd size="xs">{words}</Kbd> })}</span>
        <span>{texts.escClose({ key: (words) => <Kbd size="xs">{words}</Kbd> })}</span>
      </Spotlight.Footer>
    </Spotlight.Root>
  );
}

/** Handed on to the list's scroll area, which Mantine's types don't say: a list that is longer than its room is scrolled by keys, too. */
const SCROLLED_BY_KEYS: object = {
  viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.commands },
};

/** Drawn, and asked, only while the palette is open. */
function Found({ query }: { readonly query: string }) {
  const groups = useFound(query);
  return (
    <Spotlight.ActionsList aria-label={texts.whatWasFound} {...SCROLLED_BY_KEYS}>
      {groups.map(({ title, commands }) => (
        <Spotlight.ActionsGroup key={title} label={title}>
          {commands.map((command) => (
            <Offer key={command.id} command={command} />
          ))}
        </Spotlight.ActionsGroup>
      ))}
      {groups.length === 0 ? <Spotlight.Empty>{texts.nothingHereIsCalled({ query })}</Spotlight.Empty> : null}
    </Spotlight.ActionsList>
  );
}

function Offer({ command: { label, detail, keys, icon: Icon, act } }: { readonly command: Command }) {
  return (
    <Spotlight.Action
      label={label}
      {...(detail !== undefined && { description: detail })}
      classNames={{ action: classes.action, actionDescription: classes.detail }}
      leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
      rightSection={keys === undefined ? undefined : <Kbd size="xs">{keys}</Kbd>}
      onClick={act}
    />
  );
}

/** What a query finds; without one, what the window can do. */
function useFound(query: string): CommandGroup[] {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('dark') === 'dark' ? 'light' : 'dark';
  const titles: Titles = { model: useModelTitle(), regime: useRegimeTitle() };
  const champions = useWorkspace((workspace) => workspace.champions) ?? [];
  const series = useWorkspace((workspace) => workspace.series) ?? [];
  const jobs = useQueues((queues) => queues.queues) ?? [];
  const [settled] = useDebouncedValue(query, PAUSE_MS);
  const wanted = settled.length >= LEAST_LETTERS;
  const runs =
    useCall('history.search', wanted ? { text: settled, limit: MOST_SHOWN } : null).data?.runs ?? [];
  const models = useCall('production.list', query === '' ? null : {}).data ?? [];

  const window = windowCommands(other, setColorScheme);
  if (query === '') return window;
  const groups = found(
    [...window, ...workspaceCommands({ champions, jobs, models, series, runs }, titles)],
    query,
  );
  // An answer to other words is none to these.
  const told =
    wanted && settled === query ? runCommands({ champions, jobs, models, series, runs }, titles) : [];
  return told.length === 0 ? groups : [...groups, { title: texts.trainingHistory, commands: told }];
}
