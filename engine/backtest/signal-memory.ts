/** Remembers the signals of strategies, so that those that trade alike are simulated once. */
export class SignalMemory {
  readonly #words: number;
  /** Masks that differ; the first `#count` are valid, the others wait to be overwritten. */
  readonly #masks: Int32Array[] = [];
  readonly #owners: number[] = [];
  #count = 0;
  /** Latest position with a hash, and of each position the one before with the same; -1 where there is none. */
  readonly #byHash = new Map<number, number>();
  readonly #before: number[] = [];

  /** @param words of a mask of signals; see `maskWords` */
  constructor(words: number) {
    this.#words = words;
  }

  clear(): void {
    this.#count = 0;
    this.#byHash.clear();
  }

  /** The first owner, since the memory was cleared, of the same mask; `owner` itself where it is new. */
  firstWith(mask: Int32Array, owner: number): number {
    const hash = hashOf(mask);
    const latest = this.#byHash.get(hash) ?? -1;
    for (let position = latest; position >= 0; position = this.#before[position]) {
      if (equal(this.#masks[position], mask)) return this.#owners[position];
    }
    this.#masks[this.#count] ??= new Int32Array(this.#words);
    this.#masks[this.#count].set(mask);
    this.#owners[this.#count] = owner;
    this.#before[this.#count] = latest;
    this.#byHash.set(hash, this.#count);
    this.#count++;
    return owner;
  }
}

/** FNV-1a over whole words (Fowler, Noll and Vo, 1991). */
function hashOf(words: Int32Array): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x0100_0193);
  return hash;
}

function equal(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
