// Changes a request on its way: takes the prefix of an attempt off its path, and rewrites its head. Pure.
import { LONGEST_HEAD_BYTES } from "./http-message.ts";

const HEAD_END = "\r\n\r\n";

/** The head of the request is there, or all that is read of it here. @param isLast no more bytes will come */
export function hasHead(bytes: Buffer, isLast: boolean): boolean {
  return isLast || bytes.length >= LONGEST_HEAD_BYTES || bytes.includes(HEAD_END);
}

/** A head that is not complete stays as it is. */
export function rewriteHead(bytes: Buffer, rewrite: (head: string) => string): Buffer {
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return bytes;
  const head = Buffer.from(rewrite(bytes.toString("latin1", 0, end)), "latin1");
  return Buffer.concat([head, bytes.subarray(end)]);
}

/** Without so many bytes from `index` on. */
export function without(bytes: Buffer, index: number, length: number): Buffer {
  if (length === 0) return bytes;
  return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)]);
}
