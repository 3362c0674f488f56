// Runs a command of this project: `node scripts/run.mjs lesson 3` is `scripts/lesson.ts` with the argument 3.
// An older Node must be able to read this file, so that the answer is a sentence: no static imports, nothing new.
const [, , name] = process.argv;
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`This needs Node 20.19 or newer; this is ${process.version}.`);
  process.exitCode = 2;
} else {
  void import("./command/load.mjs").then(({ loadCommand }) => loadCommand(name));
}
