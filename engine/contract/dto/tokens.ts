/** Who may use the server from another program. The token itself is told once. */
export interface TokenDto {
  readonly id: number;
  /** What it is for. */
  readonly name: string;
  /** It may look, and change nothing. */
  readonly readOnly: boolean;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly revokedAt: string | null;
}
