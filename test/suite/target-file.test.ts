// The JSON Schema of the file for --target is that of its parser, and says what each field is for.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, it } from "vitest";
import { TargetFile } from "../../scripts/conformance/target-file.ts";
import { describeTarget } from "../../scripts/conformance/target.ts";

const SCHEMA_FILE = path.join(import.meta.dirname, "../../scripts/conformance/target.schema.json");

it("is what the parser takes: npx vitest run test/target-file.test.ts -u writes it again", async () => {
  const schema = {
    // JSON Schema has no way to say that a text is anywhere inside.
    ...toJsonSchema(TargetFile, { ignoreActions: ["check"] }),
    title: "A server for npm run conformance -- --target",
  };
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(SCHEMA_FILE);
});

it("a file that names its schema is read, and an unknown field is reported", async () => {
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

it("a login body must leave room for the credentials, in the file and in the flag, and is not shown", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "target-file-"));
  const target = path.join(folder, "target.json");
  const credentials = { username: "ann", password: "hunter2" };
  const refusalOf = async (body: unknown): Promise<string[]> => {
    await writeFile(
      target,
      JSON.stringify({ url: "http://127.0.0.1:9", ...credentials, "login-body": body }),
    );
    const flags = { url: "http://127.0.0.1:9", ...credentials, "login-body": JSON.stringify(body) };
    const refusals = [describeTarget({ target }, {}), describeTarget(flags, {})];
    return Promise.all(refusals.map((refused) => refused.then(() => "read", String)));
  };
  for (const body of [
    credentials,
    { username: "{username}", password: "hunter2" },
    { "{username}": "{username}", "{password}": "hunter2" },
    { text: "{username}:{password}" },
  ])
    for (const refusal of await refusalOf(body)) {
      expect(refusal).toMatch(
        /(--|")login-body"? must have "\{username\}" and "\{password\}" in it/,
      );
      expect(refusal).not.toContain("hunter2");
    }
  for (const refusal of await refusalOf("user=ann&password=hunter2")) {
    expect(refusal).toMatch(/login-body"? must be an object/);
    expect(refusal).not.toContain("hunter2");
  }
  const deep = { data: [{ name: "{username}", secret: "{password}" }] };
  expect(await refusalOf(deep)).toEqual(["read", "read"]);
  await rm(folder, { recursive: true });
});
