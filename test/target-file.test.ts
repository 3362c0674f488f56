// The JSON Schema of the file for --target is that of its parser, and says what each field is for.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, it } from "vitest";
import { TargetFile } from "../scripts/conformance/target-file.ts";
import { describeTarget } from "../scripts/conformance/target.ts";

const SCHEMA_FILE = path.join(import.meta.dirname, "../scripts/conformance/target.schema.json");

it("is what the parser takes: npx vitest run test/target-file.test.ts -u writes it again", async () => {
  const schema = {
    ...toJsonSchema(TargetFile),
    title: "A server for npm run conformance -- --target",
  };
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(SCHEMA_FILE);
});

it("a file that names its schema is read, and one with a field that nobody knows is told", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "target-file-"));
  const target = path.join(folder, "target.json");
  const facts = {
    $schema: "target.schema.json",
    url: "http://127.0.0.1:9",
    secret: "x",
    "token-in": ["payload:accessToken", "header"],
    "user-claims": { sub: 7 },
  };
  await writeFile(target, JSON.stringify(facts));
  expect(await describeTarget({ target }, {})).toMatchObject({
    wishes: [{ carrier: "payload", name: "accessToken" }, { carrier: "header" }],
    userClaims: { sub: 7 },
  });
  await writeFile(target, JSON.stringify({ ...facts, tokenIn: "header" }));
  await expect(describeTarget({ target }, {})).rejects.toThrow(
    /"tokenIn" is unknown: known are \$schema, url,/,
  );
  const { properties } = JSON.parse(await readFile(SCHEMA_FILE, "utf8")) as { properties: object };
  expect(Object.keys(properties)).toEqual(Object.keys(TargetFile.entries));
  await rm(folder, { recursive: true });
});
