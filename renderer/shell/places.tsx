import {
  IconActivity,
  IconChartRadar,
  IconDatabaseCog,
  IconHistory,
  IconScale,
  IconStack2,
  IconSunrise,
  IconTags,
} from '@tabler/icons-react';
import type { Place } from '../state/index.ts';

/** The places as rail and shortcuts show them, in order. */
export const PLACE_LABELS: readonly {
  readonly place: Place;
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
  readonly icon: typeof IconHistory;
}[] = [
  { place: 'today', label: 'Today', short: 'Today', icon: IconSunrise },
  { place: 'queue', label: 'Training Queue', short: 'Queue', icon: IconStack2 },
  { place: 'regimes', label: 'Regime Analysis', short: 'Regimes', icon: IconChartRadar },
  { place: 'evidence', label: 'Evidence', short: 'Evidence', icon: IconScale },
  { place: 'registry', label: 'Registry', short: 'Registry', icon: IconTags },
  { place: 'live', label: 'Now', short: 'Now', icon: IconActivity },
  { place: 'history', label: 'Training History', short: 'History', icon: IconHistory },
  { place: 'data', label: 'Data & Settings', short: 'Data', icon: IconDatabaseCog },
];
