import { create } from 'zustand';
import { findTimeZone, type TimeZone, UTC } from '../../engine/contract/time-zone.ts';

/** In the browser's memory: where somebody sits is a matter of the reader, not of the workspace. */
const STORED_AS = 'regimen.zone';

/** `market`: the clock of the currency market's servers, on which its day begins at midnight: 17:00 in New York. */
export const ZONE_CHOICES = ['utc', 'local', 'market'] as const;
export type ZoneChoice = (typeof ZONE_CHOICES)[number];

interface ZoneState {
  readonly choice: ZoneChoice;
  /** How often another tab chose: what is on screen here is then drawn anew, for it was made of times in another zone. */
  readonly elsewhere: number;
}

export const useZone = create<ZoneState>()(() => ({ choice: readZone(), elsewhere: 0 }));

/** What is chosen in one tab holds in all of them. */
export function followZone(other: Pick<Window, 'addEventListener'>): void {
  other.addEventListener('storage', ({ key }) => {
    // Null: everything was cleared.
    if (key !== STORED_AS && key !== null) return;
    const choice = readZone();
    useZone.setState((zone) => (zone.choice === choice ? zone : { choice, elsewhere: zone.elsewhere + 1 }));
  });
}

export function chooseZone(choice: ZoneChoice): void {
  useZone.setState({ choice });
  try {
    localStorage.setItem(STORED_AS, choice);
  } catch {
    // A browser that remembers nothing forgets this, too.
  }
}

/** What is stored, as far as it can be read. Exported for its test. */
export function readZone(): ZoneChoice {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return ZONE_CHOICES.find((choice) => choice === stored) ?? 'utc';
  } catch {
    return 'utc';
  }
}

/** The zone of a choice; UTC where this machine's is none that is known. */
export function zoneOf(choice: ZoneChoice): TimeZone {
  if (choice === 'utc') return UTC;
  if (choice === 'market') return findTimeZone('NY+7');
  try {
    return findTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  } catch {
    return UTC;
  }
}

/** The zone that all times on screen are in. */
export const shownZone = (): TimeZone => zoneOf(useZone.getState().choice);

/** What the engine is asked for, so that dates that are searched for and times in files are those on screen. */
export function zoneAsked(): { readonly zone?: string } {
  const { name } = shownZone();
  return name === UTC.name ? {} : { zone: name };
}
