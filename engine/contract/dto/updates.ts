/** What the update feed says of newer versions; it is asked when somebody wants to know, and nothing is downloaded. */
export interface UpdateDto {
  /** Of this Regimen. */
  readonly version: string;
  /** Address that was asked; null: none is set, and nobody was asked. */
  readonly feed: string | null;
  /** The version that the feed tells of. */
  readonly newest: string | null;
  /** When it came out, ISO 8601 UTC, where the feed says. */
  readonly releasedAt: string | null;
  /** It comes after this one. */
  readonly isNewer: boolean;
}
