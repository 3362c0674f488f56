// What was typed after a command is read, or refused in one sentence that says what to type instead.
import { describe, expect, it } from "vitest";
import {
  readArguments,
  readFlags,
  readPort,
  readPublicOrigin,
} from "../../scripts/command/arguments.ts";

const FLAGS = { token: { type: "string" }, open: { type: "boolean" } } as const;

describe("the words after a command", () => {
  it("are flags and others, and there is always --help", () => {
    const given = { args: ["3", "--token", "expired", "-h"], env: {} };
    const { values, positionals } = readArguments("npm run lesson", FLAGS, given);
    expect({ ...values, positionals }).toEqual({
      token: "expired",
      help: true,
      positionals: ["3"],
    });
  });

  it.each([
    [["--tokens", "x"], "There is no flag --tokens: npm run try -- --help lists the flags."],
    [["-x"], "There is no flag -x: npm run try -- --help lists the flags."],
    [["--token"], "--token is not complete: npm run try -- --help lists the flags."],
    [["--token", "--open"], "--token is not complete: npm run try -- --help lists the flags."],
    [["--open=yes"], "--open takes no value: npm run try -- --help lists the flags."],
    [["3"], 'npm run try takes no "3": npm run try -- --help says what it takes.'],
  ])("%j are refused", (args, sentence) => {
    expect(() => readFlags("npm run try", FLAGS, { args, env: {} })).toThrow(sentence);
  });

  it.each([
    [{ npm_config_open: "true" }, [], "--open", "npm run try -- --open"],
    // npm takes --token for the beginning of a name that it knows.
    [{ npm_config_token_description: "x" }, ["3"], "--token", "npm run try … -- --token …"],
  ])("are missed where npm kept them: %j", (kept, args, flag, example) => {
    const given = { args, env: { npm_lifecycle_event: "try", ...kept }, words: [] };
    expect(() => readArguments("npm run try", FLAGS, given)).toThrow(
      `npm kept ${flag} for itself: put -- before the flags, as in ${example}.`,
    );
  });

  it("are not missed where npm has a setting of that name, and they were typed after -- as well", () => {
    const env = { npm_lifecycle_event: "try", npm_config_open: "true" };
    const given = { args: ["--open"], env };
    expect(readFlags("npm run try", FLAGS, { ...given, words: [] })).toEqual({ open: true });
  });

  it("are not missed where another command of npm's is at work", () => {
    const env = { npm_lifecycle_event: "test", npm_config_open: "true" };
    expect(readFlags("npm run try", FLAGS, { args: [], env })).toEqual({});
  });
});

describe("a port", () => {
  it.each(["0", "3000", "65535"])("%s is read", (given) => {
    expect(readPort(given)).toBe(Number(given));
  });

  it.each(["65536", "-1", "1.5", "http", ""])("%j is refused", (given) => {
    expect(() => readPort(given)).toThrow(
      `--port must be a whole number from 0 to 65535, got "${given}".`,
    );
  });

  // Node's fetch refuses the same ports as browsers, before it connects.
  it.each([1, 22, 2049, 6000, 6667, 10_080])(
    "%i, which browsers refuse, is refused",
    async (port) => {
      const refusal = (await fetch(`http://127.0.0.1:${port}`).catch(
        (error: unknown) => error,
      )) as Error;
      expect(refusal.cause).toMatchObject({ message: "bad port" });
      expect(() => readPort(String(port))).toThrow(
        `--port ${port} is one that browsers refuse to connect to: take another, such as 3000.`,
      );
    },
  );
});

describe("a public origin", () => {
  it.each([
    ["https://name.example", "https://name.example"],
    ["HTTPS://Name.Example:443/", "https://name.example"],
    ["http://localhost:9000", "http://localhost:9000"],
    ["http://[::1]:9000", "http://[::1]:9000"],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000"],
  ])("%s is read", (given, origin) => {
    expect(readPublicOrigin(given)).toBe(origin);
  });

  it.each(["name.example", "https://name.example/path", "https://a:b@name.example", "ftp://x", ""])(
    "%j is refused",
    (given) => {
      expect(() => readPublicOrigin(given)).toThrow(
        `--public-origin must be an origin, such as https://name.example or http://localhost:9000, got "${given}".`,
      );
    },
  );

  it.each(["http://name.example", "http://192.0.2.1:4000", "http://localhost.evil.example"])(
    "%s is refused, since the key would be readable on the way",
    (given) => {
      expect(() => readPublicOrigin(given)).toThrow("would send the key in plain text");
    },
  );
});
