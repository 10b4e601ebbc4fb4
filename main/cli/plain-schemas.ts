import { config } from 'zod';

/**
 * To be imported before schemas are made. Zod would compile each that is asked for into a function of its own, which V8 compiles anew in
 * each process: a command asks most of them once, and takes longer over that than over reading what they check.
 */
config({ jitless: true });
