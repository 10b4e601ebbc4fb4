/** A trade of a real account, as a statement has it. Times: ms since 1970-01-01 UTC. */
export interface BrokerTradesTable {
  /** Its number, or what the user calls it. */
  account: string;
  ticket: string;
  /** As the broker writes it. */
  symbol: string;
  direction: number;
  volume: number;
  open_time: number;
  open_price: number;
  /** Null of one that was held still. */
  close_time: number | null;
  close_price: number | null;
  commission: number;
  swap: number;
  profit: number;
  /** Name of the statement's file. */
  source: string;
  /** When it was imported. */
  at: number;
}
