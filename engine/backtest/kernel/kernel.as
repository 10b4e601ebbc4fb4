// Signals of all strategies of a model and what they earn: AssemblyScript, compiled to WebAssembly with SIMD (kernel.test.ts).
// ../signal-lists.ts, ../trade-list.ts and ../measure.ts hold the same loops in plain TypeScript; both give the same bits.

const BUY: u32 = 1;

export function gather(
  forecast: usize,
  confidence: usize,
  cost: usize,
  regimeAtOpen: usize,
  from: usize,
  to: usize,
  regimes: u32,
  signals: usize,
  confidences: usize,
  lists: usize,
): u32 {
  let count: usize = 0;
  for (let lane = from; lane + 1 < to; lane++) {
    const p = load<f64>(forecast + (lane << 3));
    const c = load<f64>(cost + (lane << 3));
    const sure = load<f64>(confidence + (lane << 3));
    const buy = <u32>(p > c);
    const taken = (buy | <u32>(p < -c)) & <u32>(sure >= 0);
    const regime = <u32>load<u8>(regimeAtOpen + lane, 1);
    // Written in any case, and overwritten by the next if it is none.
    store<u32>(signals + (count << 2), (<u32>lane << 1) + buy);
    store<f64>(confidences + (count << 3), sure);
    store<u32>(lists + (count << 2), regime < regimes ? regime + 1 : regimes + 1);
    count += <usize>taken;
  }
  return <u32>count;
}

/** Of `regimes` + 2 lists, `stride` bytes each, the last takes what has no list beside the first. */
export function select(
  signals: usize,
  confidences: usize,
  lists: usize,
  candidates: usize,
  threshold: f64,
  regimes: usize,
  out: usize,
  stride: usize,
  counts: usize,
  mask: usize,
): void {
  memory.fill(counts, 0, (regimes + 2) << 2);
  let count: usize = 0;
  for (let k: usize = 0; k < candidates; k++) {
    const signal = load<u32>(signals + (k << 2));
    const list = <usize>load<u32>(lists + (k << 2));
    const taken = <u32>(load<f64>(confidences + (k << 3)) >= threshold);
    const countAt = counts + (list << 2);
    const own = load<u32>(countAt);
    store<u32>(out + (count << 2), signal);
    store<u32>(out + list * stride + (<usize>own << 2), signal);
    store<u32>(countAt, own + taken);
    count += <usize>taken;
  }
  store<u32>(counts, <u32>count);
  let word: usize = 0;
  let bits: u32 = 0;
  const end = out + (count << 2);
  for (let p = out; p < end; p += 4) {
    const signal = load<u32>(p);
    const own = <usize>(signal >> 5);
    if (own != word) {
      store<u32>(mask + (word << 2), load<u32>(mask + (word << 2)) | bits);
      word = own;
      bits = 0;
    }
    bits |= (2 - (signal & BUY)) << (signal & 30);
  }
  store<u32>(mask + (word << 2), load<u32>(mask + (word << 2)) | bits);
}

/** Entry, exit and direction of a trade, 32 bits each. */
const TRADE_BYTES: usize = 12;

export function listTrades(signals: usize, count: usize, horizon: i32, to: i32, trades: usize): u32 {
  const lastEntry = to - 1 - horizon;
  let at = trades;
  let position: i32 = 0;
  let exitAt: i32 = 0;
  const end = signals + (count << 2);
  for (let p = signals; p < end; p += 4) {
    const signal = load<u32>(p);
    const fill = <i32>(signal >> 1) + 1;
    const wanted: i32 = signal & BUY ? 1 : -1;
    if (position != 0) {
      if (fill < exitAt && wanted == position) continue;
      store<i32>(at, min(fill, exitAt), 4);
      at += TRADE_BYTES;
      position = 0;
    }
    if (fill > lastEntry) continue;
    position = wanted;
    exitAt = fill + horizon;
    store<i32>(at, fill);
    store<i32>(at, wanted, 8);
  }
  if (position != 0) {
    store<i32>(at, exitAt, 4);
    at += TRADE_BYTES;
  }
  return <u32>((at - trades) / TRADE_BYTES);
}

/** Net result of each trade to `net`; sums over held bars, in the order of `BAR_SUMS` in functions.ts, to `out`. */
export function sumBars(
  trades: usize,
  count: usize,
  long: usize,
  short: usize,
  costPerSide: usize,
  net: usize,
  out: usize,
): void {
  const cap = f64x2(Infinity, 0);
  let held: i32 = 0;
  let sum = f64x2.splat(0);
  // Of all returns, and of those below 0.
  let squares = sum;
  let peak = sum;
  let drawdown = sum;
  const end = trades + count * TRADE_BYTES;
  for (let p = trades; p < end; p += TRADE_BYTES, net += 8) {
    const from = <usize>load<u32>(p);
    const exit = <usize>load<u32>(p, 4);
    const returns = load<i32>(p, 8) > 0 ? long : short;
    const exitCost = load<f64>(costPerSide + (exit << 3));
    const last = exit - 1;
    let result: f64 = 0;
    for (let i = from; i <= last; i++) {
      let r = load<f64>(returns + (i << 3));
      if (i == from) r -= load<f64>(costPerSide + (i << 3));
      result += r;
      if (i == last) r -= exitCost;
      const both = f64x2.splat(r);
      sum = f64x2.add(sum, both);
      const capped = f64x2.pmin(both, cap);
      squares = f64x2.add(squares, f64x2.mul(capped, capped));
      peak = f64x2.pmax(peak, sum);
      drawdown = f64x2.pmax(drawdown, f64x2.sub(peak, sum));
    }
    store<f64>(net, result - exitCost);
    held += <i32>(exit - from);
  }
  store<f64>(out, <f64>held);
  store<f64>(out, f64x2.extract_lane(sum, 0), 8);
  store<f64>(out, f64x2.extract_lane(squares, 0), 16);
  store<f64>(out, f64x2.extract_lane(squares, 1), 24);
  store<f64>(out, f64x2.extract_lane(drawdown, 0), 32);
}

/** Sums over trades, in the order of `TRADE_SUMS` in functions.ts, to `out`. */
export function sumTrades(trades: usize, count: usize, net: usize, stake: usize, out: usize): void {
  const zero = f64x2.splat(0);
  let wins: i32 = 0;
  let streak: i32 = 0;
  let losingStreak: i32 = 0;
  let gains = zero;
  let losses = zero;
  let result = zero;
  let resultSquares: f64 = 0;
  let perStake: f64 = 0;
  let perStakeSquares: f64 = 0;
  let staked: f64 = 0;
  let peak = zero;
  let trough = zero;
  let runUp = zero;
  let drawdown = zero;
  const end = net + (count << 3);
  for (let p = net; p < end; p += 8, trades += TRADE_BYTES) {
    const y = load<f64>(p);
    const all = f64x2.splat(y);
    const won: i32 = y > 0 ? 1 : 0;
    wins += won;
    gains = f64x2.add(gains, f64x2.pmax(all, zero));
    losses = f64x2.sub(losses, f64x2.pmin(all, zero));
    streak = (streak + 1) * (1 - won);
    losingStreak = max(losingStreak, streak);
    result = f64x2.add(result, all);
    resultSquares += y * y;
    peak = f64x2.pmax(peak, result);
    trough = f64x2.pmin(trough, result);
    runUp = f64x2.pmax(runUp, f64x2.sub(result, trough));
    drawdown = f64x2.pmax(drawdown, f64x2.sub(peak, result));
    const risked = load<f64>(stake + (<usize>load<u32>(trades) << 3));
    const z = risked > 0 ? y / risked : NaN;
    staked += risked;
    perStake += z;
    perStakeSquares += z * z;
  }
  store<f64>(out, <f64>count);
  store<f64>(out, <f64>wins, 8);
  store<f64>(out, f64x2.extract_lane(gains, 0), 16);
  store<f64>(out, f64x2.extract_lane(losses, 0), 24);
  store<f64>(out, f64x2.extract_lane(result, 0), 32);
  store<f64>(out, resultSquares, 40);
  store<f64>(out, perStake, 48);
  store<f64>(out, perStakeSquares, 56);
  store<f64>(out, f64x2.extract_lane(runUp, 0), 64);
  store<f64>(out, f64x2.extract_lane(drawdown, 0), 72);
  store<f64>(out, staked, 80);
  store<f64>(out, <f64>losingStreak, 88);
}

/** Bytes of a piece: sum and sum of squares. */
const PIECE_BYTES: usize = 16;

/**
 * Net returns of held bars, summed by pieces: `out` takes the sums of their second, third and fourth powers, 8 bytes each and as
 * many unused, and then each of `pieces` pieces. Does what `NetSums.add` does for the bars that `sumBars` goes over.
 */
export function sumPieces(
  trades: usize,
  count: usize,
  long: usize,
  short: usize,
  costPerSide: usize,
  pieceOf: usize,
  pieces: usize,
  out: usize,
): void {
  const sums = out + 32;
  memory.fill(sums, 0, pieces * PIECE_BYTES);
  let squares: f64 = 0;
  let cubes: f64 = 0;
  let fourths: f64 = 0;
  const end = trades + count * TRADE_BYTES;
  for (let p = trades; p < end; p += TRADE_BYTES) {
    const from = <usize>load<u32>(p);
    const exit = <usize>load<u32>(p, 4);
    const returns = load<i32>(p, 8) > 0 ? long : short;
    const exitCost = load<f64>(costPerSide + (exit << 3));
    const last = exit - 1;
    let at = sums + <usize>load<u16>(pieceOf + (from << 1)) * PIECE_BYTES;
    let both = v128.load(at);
    for (let i = from; i <= last; i++) {
      let r = load<f64>(returns + (i << 3));
      if (i == from) r -= load<f64>(costPerSide + (i << 3));
      if (i == last) r -= exitCost;
      const own = sums + <usize>load<u16>(pieceOf + (i << 1)) * PIECE_BYTES;
      if (own != at) {
        v128.store(at, both);
        at = own;
        both = v128.load(at);
      }
      const square = r * r;
      both = f64x2.add(both, f64x2.replace_lane(f64x2.splat(r), 1, square));
      squares += square;
      cubes += square * r;
      fourths += square * square;
    }
    v128.store(at, both);
  }
  store<f64>(out, squares);
  store<f64>(out, cubes, 8);
  store<f64>(out, fourths, 16);
}
