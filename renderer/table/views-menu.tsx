import { ActionIcon, Button, Popover, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ViewedTable } from '../../engine/contract/api/views.ts';
import type { SavedViewDto } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import { attempt, notify, notifyUndo } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';
import classes from './views-menu.module.css';

interface ViewsMenuProps {
  readonly table: ViewedTable;
  /** What the table shows now. */
  readonly query: SavedViewDto['query'];
  onOpen(query: SavedViewDto['query']): void;
}

/** Columns, order and filters under a name, kept in the workspace; and the address of what is shown. */
export function ViewsMenu({ table, query, onOpen }: ViewsMenuProps) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const { data } = useCall('views.list', opened ? {} : null);
  const views = data?.filter((view) => view.table === table) ?? [];
  const known = views.some((view) => view.name === name.trim());

  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    const saved = await attempt(() => call('views.save', { table, name, query }));
    if (saved === undefined) return;
    setName('');
    setOpened(false);
    notify(texts.viewSaved, texts.nameOnCommandLine({ name: saved.name, table }));
  };
  const remove = async ({ name, query: before }: SavedViewDto) => {
    const removed = await attempt(() => call('views.remove', { table, name }));
    if (removed === undefined) return;
    notifyUndo(
      texts.viewIsRemoved({ name }),
      () => void attempt(() => call('views.save', { table, name, query: before })),
    );
  };
  const copyLink = async () => {
    const copied = await attempt(async () => {
      await navigator.clipboard.writeText(window.location.href);
      return true;
    });
    if (copied === true) notify(texts.linkCopied, texts.itShowsSameColumns);
  };

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(20rem, 92vw)"
      shadow="md"
      trapFocus
      withArrow
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconBookmark size={14} aria-hidden />}
          onClick={() => setOpened((open) => !open)}
        >
          {texts.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {views.length === 0 ? (
            <p className={classes.none}>{texts.noViewIsSavedYet}</p>
          ) : (
            <ul className={classes.views} aria-label={texts.savedViews}>
              {views.map((view) => (
                <li key={view.name}>
                  <button
                    type="button"
                    className={classes.view}
                    title={Object.entries(view.query)
                      .map(([key, value]) => `${key}: ${value}`)
                      .join('\n')}
                    onClick={() => {
                      setOpened(false);
                      onOpen(view.query);
                    }}
                  >
                    {view.name}
                  </button>
                  <ActionIcon
                    size={24}
                    variant="subtle"
                    color="gray"
                    aria-label={texts.removeView({ name: view.name })}
                    onClick={() => void remove(view)}
                  >
                    <IconTrash size={14} aria-hidden />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )}
          <form className={classes.save} onSubmit={(event) => void save(event)}>
            <TextInput
              size="xs"
              label={texts.saveWhatIsShownAs}
              placeholder={texts.strongOnH4}
              maxLength={80}
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Button size="xs" type="submit" disabled={name.trim() === ''}>
              {known ? texts.replace : common.save}
            </Button>
          </form>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLink size={14} aria-hidden />}
            onClick={() => void copyLink()}
          >
            {texts.copyLinkToThisView}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
