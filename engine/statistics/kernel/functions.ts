/** Functions of kernel.as. Every argument that names data is a byte address in their memory, aligned to its element. */
export interface CoinFunctions {
  /**
   * Raises `maxima` (float64, one a coin) by one strategy whose day sums are `values` and returns its score. `faces` are those of
   * CoinTosses with an even number of `coins` a row; `tables` has room for 2,048 bytes for each eight days, `places` for four.
   */
  raise(
    faces: number,
    days: number,
    coins: number,
    values: number,
    denominator: number,
    tables: number,
    places: number,
    maxima: number,
  ): number;
}
