/**
 * Part of every run key. Raise it with any change that alters a number the pipeline produces: runs of an older
 * version then count as trained under other rules, never as the same run.
 */
export const PIPELINE_VERSION = 5;
