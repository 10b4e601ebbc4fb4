import { patient } from '../../engine/workers/patience.ts';

/**
 * To be imported before all else: what a host is made of is evaluated with patience. Ends when the host has started, or is about to end.
 */
export const endPatience = patient();
