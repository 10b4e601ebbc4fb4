// Two lanes at a time: a mask has all bits of a lane set, or none.

@inline
export function zero(): v128 {
  return f64x2.splat(0);
}

/** 1 where the mask is set, else 0. */
@inline
export function one(mask: v128): v128 {
  return v128.and(mask, f64x2.splat(1));
}

/** `a` where the mask is set, else `b`. */
@inline
export function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}
