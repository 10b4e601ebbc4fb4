/**
 * The absolute path of a file that the user wants written, asked for before any work is done for it. Throws as `claimOutput` of
 * files/output-file.ts.
 */
export type ClaimOutput = (file: string, overwrite: boolean) => string;
