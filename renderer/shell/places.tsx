import {
  IconActivity,
  IconChartRadar,
  IconDatabaseCog,
  IconHistory,
  IconScale,
  IconStack2,
  IconTags,
} from '@tabler/icons-react';
import type { Place } from '../state/index.ts';

/** The places as rail and shortcuts show them, in order. */
export const PLACE_LABELS: readonly {
  readonly place: Place;
  readonly label: string;
  readonly icon: typeof IconHistory;
}[] = [
  { place: 'queue', label: 'Training Queue', icon: IconStack2 },
  { place: 'regimes', label: 'Regime Analysis', icon: IconChartRadar },
  { place: 'evidence', label: 'Evidence', icon: IconScale },
  { place: 'registry', label: 'Registry', icon: IconTags },
  { place: 'live', label: 'Now', icon: IconActivity },
  { place: 'history', label: 'Training History', icon: IconHistory },
  { place: 'data', label: 'Data & Settings', icon: IconDatabaseCog },
];
