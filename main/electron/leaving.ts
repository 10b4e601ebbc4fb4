/** What happens when the user closes the window or quits. */
export type Leaving = 'leave' | 'tray' | 'pause' | 'stay';

/** Buttons of the question that is asked while training, and what each one means. */
const CHOICES = [
  ['Keep running in the tray', 'tray'],
  ['Pause and quit', 'pause'],
  ['Cancel', 'stay'],
] as const satisfies readonly (readonly [string, Leaving])[];

export const LEAVING_QUESTION = {
  type: 'question' as const,
  title: 'Regimen',
  message: 'Training is running.',
  detail:
    'It can go on in the background, or be paused and resumed from the same configuration next time. Nothing that was trained is lost.',
  buttons: CHOICES.map(([label]): string => label),
  defaultId: 0,
  cancelId: 2,
  noLink: true,
};

/** Asks only when something would be interrupted. `ask` resolves to the index of the chosen button. */
export async function decideLeaving(training: boolean, ask: () => Promise<number>): Promise<Leaving> {
  if (!training) return 'leave';
  return CHOICES[await ask()]?.[1] ?? 'stay';
}
