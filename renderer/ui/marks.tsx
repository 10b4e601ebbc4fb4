import { ActionIcon, Button, Popover, Select, TagsInput, Textarea } from '@mantine/core';
import { IconPencil, IconStar, IconStarFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { MOST_NOTE, MOST_TAGS, tagField } from '../../engine/contract/api/marks.ts';
import { type MarksDto, UNMARKED } from '../../engine/contract/dto/index.ts';
import { call, useCall } from '../state/index.ts';
import classes from './marks.module.css';
import { FAVORITES } from './marks-text.ts';
import { attempt } from './notices.tsx';
import { Badge } from './status-badge.tsx';
import { common } from './texts/common.ts';
import { texts } from './texts/ui.ts';

export type Markable = { readonly run: string } | { readonly jobId: number };

interface MarksProps {
  readonly of: Markable;
  /** What is marked, for those who can't see where this stands: `run 12`. */
  readonly what: string;
}

/** Whether something is a favorite, its tags and note, and where they are changed. */
export function Marks({ of, what }: MarksProps) {
  const { data } = useCall('marks.list', {});
  const [kind, subject] = 'run' in of ? ['run', of.run] : ['job', String(of.jobId)];
  const marks: MarksDto =
    data?.marked.find((one) => one.kind === kind && one.subject === subject) ?? UNMARKED;
  const { favorite, tags, note } = marks;
  const known = data?.tags.map(({ tag }) => tag) ?? [];
  return (
    <section className={classes.marks} aria-label={texts.marksOf({ what })}>
      <ActionIcon
        variant="subtle"
        color={favorite ? 'yellow' : 'gray'}
        aria-label={texts.favoriteWhat({ what })}
        aria-pressed={favorite}
        title={favorite ? texts.takeItOutOfFavorites : texts.keepItAmongFavorites}
        onClick={() => void attempt(() => call('marks.set', { ...of, favorite: !favorite }))}
      >
        {favorite ? <IconStarFilled size={18} aria-hidden /> : <IconStar size={18} aria-hidden />}
      </ActionIcon>
      {tags.map((tag) => (
        <Badge key={tag} tone="neutral">
          {tag}
        </Badge>
      ))}
      {note === '' ? null : <span className={classes.note}>{note}</span>}
      {data === undefined ? null : <Edit of={of} what={what} marks={marks} known={known} />}
    </section>
  );
}

interface EditProps extends MarksProps {
  readonly marks: MarksDto;
  readonly known: readonly string[];
}

function Edit({ of, what, marks, known }: EditProps) {
  const [opened, setOpened] = useState(false);
  const [tags, setTags] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const wrong = tags.find((tag) => !tagField.safeParse(tag).success);
  const open = () => {
    setTags([...marks.tags]);
    setNote(marks.note);
    setOpened(true);
  };
  const save = async () => {
    // What somebody else added meanwhile stays.
    const addTags = tags.filter((tag) => !marks.tags.includes(tag));
    const removeTags = marks.tags.filter((tag) => !tags.includes(tag));
    const saved = await attempt(() =>
      call('marks.set', { ...of, addTags, removeTags, ...(note === marks.note ? {} : { note }) }),
    );
    if (saved !== undefined) setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width="min(24rem, 90vw)"
      position="bottom-start"
      withArrow
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPencil size={14} aria-hidden />}
          aria-label={texts.editTagsAndNoteOf({ what })}
          onClick={() => (opened ? setOpened(false) : open())}
        >
          {marks.tags.length === 0 && marks.note === '' ? texts.tagsAndNote : texts.edit}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.edit} aria-label={texts.tagsAndNoteOf({ what })}>
        <TagsInput
          label={texts.tags}
          placeholder={tags.length === 0 ? texts.typeOnePressEnter : ''}
          data={[...known]}
          value={tags}
          onChange={setTags}
          maxTags={MOST_TAGS}
          splitChars={[',', ' ']}
          isDuplicate={(value, current) => current.some((tag) => tag.toLowerCase() === value.toLowerCase())}
          error={wrong === undefined ? undefined : texts.lettersDigitsAndOnly({ wrong })}
          comboboxProps={{ withinPortal: false }}
        />
        <Textarea
          label={common.note}
          rows={4}
          maxLength={MOST_NOTE}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button variant="default" size="xs" onClick={() => setOpened(false)}>
            {common.cancel}
          </Button>
          <Button size="xs" disabled={wrong !== undefined} onClick={() => void save()}>
            {common.save}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface MarkSelectProps {
  readonly value: string | null;
  onChange(value: string | null): void;
  /** Without it the control is named for those who can't see it alone. */
  readonly label?: string;
  readonly w?: number | string;
}

/** Chooses favorites or a tag, of those that there are. */
export function MarkSelect({ value, onChange, label, w }: MarkSelectProps) {
  const { data } = useCall('marks.list', {});
  const tags = data?.tags.map(({ tag }) => tag) ?? [];
  const options = [
    { value: FAVORITES, label: texts.favorites },
    ...tags.map((tag) => ({ value: tag, label: tag })),
    // One that was taken away since can still be let go of.
    ...(value === null || value === FAVORITES || tags.includes(value) ? [] : [{ value, label: value }]),
  ];
  return (
    <Select
      {...(label === undefined ? { 'aria-label': common.marks } : { label })}
      placeholder={label === undefined ? texts.markedOrNot : texts.any}
      data={options}
      value={value}
      onChange={onChange}
      clearable
      {...(w === undefined ? {} : { w })}
    />
  );
}
