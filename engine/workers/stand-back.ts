/**
 * How far threads that train stand back for whoever waits for an answer: the host's own thread, those that compute what a user looks
 * at, and whatever else the machine is used for. With nobody waiting they have the machine for themselves as before.
 *
 * On Linux an increment of nice(2), which is a thread's own there; on Windows THREAD_PRIORITY_BELOW_NORMAL of SetThreadPriority. Elsewhere
 * nice(2) is of the whole process, host included: 0.
 */
export function standBack(platform: NodeJS.Platform): number {
  if (platform === 'linux') return 5;
  return platform === 'win32' ? -1 : 0;
}
