/** A time (ms since 1970-01-01 UTC) as file names carry it: `YYYYMMDD_HHMMSS`, UTC. */
export function fileStamp(time: number): string {
  const [date, clock] = new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  return `${date}_${clock}`;
}
