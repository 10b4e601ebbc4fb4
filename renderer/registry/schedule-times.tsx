import { Autocomplete, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '../state/index.ts';
import { formatTime } from '../ui/index.ts';
import { common } from '../ui/texts/common.ts';
import classes from './schedule.module.css';
import { texts } from './texts.ts';

/** When a schedule comes, as it is being typed. */
export interface TimesDraft {
  readonly cron: string;
  readonly zone: string;
}

const PAUSE_MS = 300;

interface TimesFieldsProps {
  readonly value: TimesDraft;
  /** What `useTimes` says of it. */
  readonly times: ReturnType<typeof useTimes>;
  /** What the list of times is called. */
  readonly of: string;
  /** Over what it says now, where nothing is being changed. */
  readonly saved?: TimesDraft;
  onChange(next: TimesDraft): void;
}

/** Whether the draft can be saved: the engine has read this very draft, and it comes at some time. */
export function useTimes(draft: TimesDraft) {
  const [settled] = useDebouncedValue(draft, PAUSE_MS);
  const { data, error, loading } = useCall('schedule.next', { ...settled, count: 3 });
  const isRead = settled.cron === draft.cron && settled.zone === draft.zone && !loading;
  return { data, error, zone: settled.zone, canSave: isRead && error === undefined && data !== undefined };
}

/** Cron and zone, with what they mean and when they come next, before they are saved. */
export function TimesFields({ value, times, of, saved, onChange }: TimesFieldsProps) {
  const { data, error, zone } = times;
  const problem = (path: string) =>
    error?.details.problems
      ?.filter((one) => one.path === path)
      .map(({ message }) => message)
      .join(' ') || undefined;
  const isSaved = saved?.cron === value.cron && saved.zone === value.zone;
  const head =
    error !== undefined
      ? texts.noTimes
      : isSaved
        ? texts.nextHere
        : texts.itWouldBe({ sentence: data?.sentence ?? '' });
  const other = error === undefined || error.details.problems !== undefined ? undefined : error.message;
  return (
    <div className={classes.fields}>
      <TextInput
        label={texts.cron}
        description={texts.minuteHour}
        inputWrapperOrder={ORDER}
        value={value.cron}
        error={problem('cron') ?? other}
        maxLength={200}
        onChange={(event) => onChange({ ...value, cron: event.currentTarget.value })}
      />
      <Autocomplete
        label={common.timeZone}
        description={texts.itsSummerTimeIsKept}
        inputWrapperOrder={ORDER}
        data={ZONES}
        limit={50}
        value={value.zone}
        error={problem('zone')}
        onChange={(next) => onChange({ ...value, zone: next })}
      />
      <div>
        <h3 className={classes.head}>{head}</h3>
        <ol className={classes.times} aria-label={texts.nextTimesOf({ of })}>
          {(error === undefined ? (data?.next ?? []) : []).map((time) => (
            <li key={time}>
              <time dateTime={time}>{formatTime(time)}</time>
              {inZone(time, zone)}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

/** What is below them may take two lines in one and one in the other: the fields stand beside each other all the same. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `, Mon 02:30 in Europe/Berlin`, where that is not the zone of this machine. */
function inZone(time: string, zone: string): string {
  if (zone === HERE) return '';
  try {
    const text = new Intl.DateTimeFormat(undefined, {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(time));
    return texts.textInZone({ text, zone });
  } catch {
    // It is being typed.
    return '';
  }
}
