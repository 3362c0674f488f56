// A loop without an end in a server that is being written. It naps, so that the time until it is stopped is not taken from
// everything else that runs; one that does not nap is in the mistakes.
export const ENDLESS =
  "while (true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);";
