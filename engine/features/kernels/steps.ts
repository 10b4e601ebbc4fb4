/** Synthetic bars a lane may be extended by (DESIGN section 5, prediction method `recursive`). */
export const MAX_ROLLOUT_STEPS = 12;
