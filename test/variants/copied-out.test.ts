// Each variant stands alone: its folder is copied to another place, and starts there with nothing but its packages. One in every
// mode, the others, which are printed from the same source, in one each.
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { extensionOf, folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import {
  AUTH_MODES,
  type AuthMode,
  type Variant,
  VARIANTS,
} from "../../scripts/model/vocabulary.ts";
import { logIn, startNode, whoAmI } from "../helpers/node-process.ts";

/** What a person would type in the copied folder. */
const START: Record<Variant, string[]> = {
  cjs: ["start.cjs"],
  esm: ["start.mjs"],
  ts: ["--import", "tsx", "start.ts"],
};

const MODES: Record<Variant, readonly AuthMode[]> = {
  cjs: AUTH_MODES,
  esm: ["payload"],
  ts: ["cookie"],
};

describe.each(VARIANTS)("the folder of %s, copied out", (variant) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), `copied-out-${variant}-`));
    await cp(folderOf(variant), folder, { recursive: true });
    await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
    // The extension says what the other two are; `.ts` leaves it to the package.
    if (extensionOf(variant) === "ts")
      await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(MODES[variant])("starts, logs in and connects (%s)", async (AUTH) => {
    const server = startNode(START[variant], { cwd: folder, env: { PORT: "0", AUTH } });
    try {
      const [, url = ""] = await server.printed(/^listening on (http:\S+)\n/);
      await server.printed(/^The client page is not here/m);
      expect(await whoAmI(url, await logIn(url))).toEqual({ id: 1, username: "john" });
    } finally {
      server.kill("SIGTERM");
    }
    expect(await server.ended).toMatchObject({ stderr: "", code: 0 });
  });
});
