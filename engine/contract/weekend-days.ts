/** What becomes of daily bars that hold the few hours of a Saturday or Sunday: they stay, join the day that they belong to, or are left out. */
export const WEEKEND_RULES = ['keep', 'merge', 'drop'] as const;
export type WeekendRule = (typeof WEEKEND_RULES)[number];
