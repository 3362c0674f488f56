// Becomes a server: loads the packages that every variant imports, and waits to be told which one to be.
import { once } from "node:events";

// It may be told while it still loads.
const isTold = once(process, "message");
const packages = [
  "body-parser",
  "express",
  "jsonwebtoken",
  "passport",
  "passport-jwt",
  "socket.io",
];
await Promise.all(packages.map((name) => import(name)));
// What the loading left would be collected during the first attempt, which takes longer than the attempt.
globalThis.gc();
process.send("ready");

const [{ file, environment }] = await isTold;
// From here on, it is as if it had been started with this environment, to run this file.
process.disconnect();
Object.assign(process.env, environment);
process.argv[1] = file;
await import(file);
