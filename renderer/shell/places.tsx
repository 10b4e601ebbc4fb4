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
import { common } from '../ui/texts/common.ts';
import { texts } from './texts.ts';

/** The places as rail and shortcuts show them, in order. */
export const PLACE_LABELS: readonly {
  readonly place: Place;
  readonly label: string;
  /** Where there is little room. */
  readonly short: string;
  readonly icon: typeof IconHistory;
}[] = [
  { place: 'today', label: texts.today, short: texts.today, icon: IconSunrise },
  { place: 'queue', label: texts.trainingQueue, short: texts.queue, icon: IconStack2 },
  { place: 'regimes', label: texts.regimeAnalysis, short: common.regimes, icon: IconChartRadar },
  { place: 'evidence', label: common.evidence, short: common.evidence, icon: IconScale },
  { place: 'registry', label: texts.registry, short: texts.registry, icon: IconTags },
  { place: 'live', label: common.now, short: common.now, icon: IconActivity },
  { place: 'history', label: texts.trainingHistory, short: common.history, icon: IconHistory },
  { place: 'data', label: texts.dataSettings, short: texts.data, icon: IconDatabaseCog },
];
