// The address of a view of the sandbox page: what it says, and what it never says.
import { describe, expect, it } from "vitest";
import {
  type Address,
  isSameView,
  readAddress,
  writeAddress,
} from "../../scripts/model/address.ts";

const NOTHING = { chosen: {}, cell: undefined };

describe("the views", () => {
  it.each<[string, Address["view"]]>([
    ["/", { page: "lessons" }],
    ["/lesson/3", { page: "lesson", number: 3 }],
    ["/sandbox", { page: "sandbox" }],
    ["/compare", { page: "compare", what: undefined }],
    ["/compare/tokens", { page: "compare", what: "tokens" }],
    ["/bench", { page: "bench" }],
    ["/exercise/4", { page: "exercise", id: "4" }],
    ["/exercise/4b", { page: "exercise", id: "4b" }],
    ["/run/3,12", { page: "run", lessons: [3, 12] }],
  ])("%s is read and written alike", (path, view) => {
    expect(readAddress(path)).toEqual({ view, ...NOTHING, problems: [] });
    expect(writeAddress({ view, ...NOTHING })).toBe(path);
  });

  it.each([
    "/lesson/0",
    "/lesson/x",
    "/lesson/3/4",
    "/bench/1",
    "/exercise",
    "/exercise/04",
    "/exercise/4/b",
    "/exercise/..%2F4",
    "/run",
    "/run/3,",
    "/nowhere",
    "/%E0%A4%A",
  ])("%s is no view", (path) => {
    expect(readAddress(path).view).toEqual({ page: "unknown", path });
  });

  it.each(["//evil.example/x", "///evil.example", "//"])(
    "%s is written as a path of this host",
    (path) => {
      const address = readAddress(`http://127.0.0.1:4000${path}`);
      expect(new URL(writeAddress(address), "http://127.0.0.1:4000").host).toBe("127.0.0.1:4000");
    },
  );

  it("do not depend on the switches and the open cell", () => {
    const one = readAddress("/lesson/3?variant=esm").view;
    expect(isSameView(one, readAddress("/lesson/3?attempt=websocket").view)).toBe(true);
    expect(isSameView(one, readAddress("/lesson/4").view)).toBe(false);
  });
});

describe("the switches and the open cell", () => {
  const ADDRESS =
    "/lesson/3?variant=esm&auth=manual&serverTransports=websocket&transports=websocket,polling" +
    "&credential=header&scheme=Bearer&tryAllTransports=yes&token=expired&attempt=websocket&client=node";

  it("come back from the address that they were written to", () => {
    const { problems, ...address } = readAddress(ADDRESS);
    expect(problems).toEqual([]);
    expect(address.chosen).toEqual({
      variant: "esm",
      auth: "manual",
      serverTransports: ["websocket"],
      transports: ["websocket", "polling"],
      credential: "header",
      scheme: "Bearer",
      tryAllTransports: true,
      token: "expired",
    });
    expect(address.cell).toEqual({ attempt: "websocket", client: "node" });
    expect(writeAddress(address)).toBe(ADDRESS);
  });

  it("leave out what nobody chose", () => {
    expect(
      writeAddress({ view: { page: "sandbox" }, chosen: { auth: "payload" }, cell: undefined }),
    ) //
      .toBe("/sandbox?auth=payload");
  });

  it("mean the browser's cell where no client is named", () => {
    expect(readAddress("/lesson/3?attempt=payload").cell).toEqual({
      attempt: "payload",
      client: "browser",
    });
  });

  it.each([
    ["variant=cobol", '"variant" in the address must be "cjs" or "esm" or "ts", got "cobol"'],
    ["tryAllTransports=1", '"tryAllTransports" in the address must be "yes" or "no", got "1"'],
    ["attempt=a&client=deno", '"client" in the address must be "browser" or "node", got "deno"'],
  ])("are left out with a sentence where they are wrong: %s", (query, sentence) => {
    const { chosen, cell, problems } = readAddress(`/lesson/3?${query}`);
    expect(chosen).toEqual({});
    expect(cell).toBeUndefined();
    expect(problems).toEqual([`${sentence}; it was left out.`]);
  });
});

describe("what an address never holds", () => {
  it("a typed token", () => {
    const chosen = { token: { text: "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl" } };
    expect(writeAddress({ view: { page: "sandbox" }, chosen, cell: undefined })).toBe("/sandbox");
  });

  it("a token that somebody put there, not even in the sentence about it", () => {
    const { chosen, problems } = readAddress("/sandbox?token=eyJhbGciOiJIUzI1NiJ9");
    expect(chosen).toEqual({});
    expect(problems.join()).toContain("must be the name of a token");
    expect(problems.join()).not.toContain("eyJ");
  });

  it("the key that it came with", () => {
    expect(writeAddress(readAddress("/lesson/3?variant=esm#key=sEcReT"))).toBe(
      "/lesson/3?variant=esm",
    );
  });
});
