// The error for a source that cannot be printed in another format.

/** The message says which source, where and why. */
export class PrintError extends Error {
  readonly code = "CANNOT_PRINT";
}
