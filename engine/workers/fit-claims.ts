/**
 * Shared memory through which threads share out the members of a model: each is fitted by whoever claims it first, and what became
 * of it is told to the thread that waits for it.
 */
export type FitClaims = Int32Array<SharedArrayBuffer>;

const OPEN = 0;
const DONE = 1;
/** Fitted by the thread that trains the model, or to be fitted by it. */
const OWN = 2;
/** Fitted by helper 0, 1, … */
const HELPED = 3;

export function createClaims(members: number): FitClaims {
  return new Int32Array(new SharedArrayBuffer(members * Int32Array.BYTES_PER_ELEMENT));
}

/** Whether some member is claimed by nobody. */
export function anyOpen(claims: FitClaims): boolean {
  return claims.some((_, member) => Atomics.load(claims, member) === OPEN);
}

/** Whether the thread that trains the model is to fit this member. */
export function claimOwn(claims: FitClaims, member: number): boolean {
  return Atomics.compareExchange(claims, member, OPEN, OWN) === OPEN;
}

/** The member that a helper is to fit; undefined when none is open. The last first, as the other thread begins at the front. */
export function claimHelped(claims: FitClaims, helper: number): number | undefined {
  for (let member = claims.length - 1; member >= 0; member--) {
    if (Atomics.compareExchange(claims, member, OPEN, HELPED + helper) === OPEN) return member;
  }
  return undefined;
}

/** A helper's member can be fetched. */
export function settle(claims: FitClaims, member: number): void {
  Atomics.store(claims, member, DONE);
  Atomics.notify(claims, member);
}

/** A helper is gone: what it claimed and did not settle is given back. */
export function giveBack(claims: FitClaims, helper: number): void {
  for (let member = 0; member < claims.length; member++) {
    if (Atomics.compareExchange(claims, member, HELPED + helper, OWN) === HELPED + helper) {
      Atomics.notify(claims, member);
    }
  }
}

/** Waits for a helper's member: true when it can be fetched, false when it was given back. */
export function waitFor(claims: FitClaims, member: number): boolean {
  for (;;) {
    const state = Atomics.load(claims, member);
    if (state === DONE) return true;
    if (state === OWN) return false;
    Atomics.wait(claims, member, state);
  }
}
