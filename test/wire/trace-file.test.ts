// A trace in a file: what is read of it, and what writing it leaves alone.
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkWritable, readTrace } from "../../scripts/lab/wire/trace-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "trace-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("reads what another hand has written into a trace as the recorder would have: masked, and no deeper", async () => {
  const file = path.join(folder, "deep.json");
  const deep = "[".repeat(50_000) + "]".repeat(50_000);
  await writeFile(
    file,
    `{"format":"socketio-jwt-sandbox trace 1","to":"","beganAt":0,"steps":[{"id":1,"atMs":0,"connection":1,"from":"client","kind":"frame","opcode":"text","packets":[{"engine":"message","data":[{"password":"changeit"},${deep}]}],"tokens":[]}]}`,
  );
  const text = JSON.stringify(await readTrace(file));
  expect(text).toContain('"password":"…"');
  expect(text.length).toBeLessThan(1000);
});

it("leaves what --save names as it is until the end: a device, an empty file, and nothing", async () => {
  await symlink("/dev/null", path.join(folder, "device"));
  await writeFile(path.join(folder, "empty"), "");
  for (const name of ["device", "empty", "nothing"]) await checkWritable(path.join(folder, name));
  expect(await readdir(folder)).toEqual(["device", "empty"]);
});
