/** What a tracking server is told of the workspace, and how far that is. */
export interface TrackingDto {
  /**
   * `off`: no server is set. `idle`: it has all, or this process sends nothing. `down`: it can't be told at the moment, `problem`
   * says why. `elsewhere`: another Regimen process sends.
   */
  readonly state: 'off' | 'idle' | 'sending' | 'down' | 'elsewhere';
  /** Address of the server, without name and password. */
  readonly uri: string | null;
  readonly experiment: string | null;
  /** What it does not have yet. */
  readonly waiting: {
    readonly jobs: number;
    readonly versions: number;
    readonly gates: number;
    readonly validations: number;
    readonly trials: number;
    readonly models: number;
  };
  /** What it does not take, the newest first, 20 at most: what it is, as `job/12`, and what the server says. */
  readonly refused: readonly { readonly key: string; readonly refusal: string }[];
  /** ISO 8601 UTC. */
  readonly lastSentAt: string | null;
  readonly problem: string | null;
}
