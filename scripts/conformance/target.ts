// Reads what a person says about a server of their own, in flags or in a JSON file, and makes a target of it.
import { CARRIERS } from "../../test/conformance/place.ts";
import {
  type Capability,
  type PlaceWish,
  type Target,
  TARGET_DEFAULTS,
  withImplied,
} from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import { type GivenKeys, readKeys } from "./given-keys.ts";
import { checkGivenToken } from "./given-token.ts";
import { checkFacts, readTargetFile, type TargetFacts } from "./target-file.ts";

/** The flags that say something about a target, as they were typed. */
export type TargetFlags = Partial<Record<keyof TargetFacts | "target", string | undefined>>;

/**
 * @param flags go before what the file says
 * @throws ArgumentsError (code BAD_ARGUMENTS) that names the flag, or the file and the field
 */
export async function describeTarget(flags: TargetFlags, env: NodeJS.ProcessEnv): Promise<Target> {
  const { target: file, claims, without, events, namespaces, origins, nodes, ...rest } = flags;
  const {
    "user-claims": userClaims,
    "token-in": tokenIn,
    "login-body": body,
    "connect-timeout": wait,
    ...texts
  } = rest;
  const given = {
    secret: env["CONFORMANCE_SECRET"],
    token: env["CONFORMANCE_TOKEN"],
    password: env["CONFORMANCE_PASSWORD"],
    ...(file === undefined ? {} : await readTargetFile(file)),
    ...definedOf(texts),
    ...definedOf({
      claims: claims?.split(","),
      without: without?.split(","),
      events: events?.split(","),
      namespaces: namespaces?.split(","),
      origins: origins?.split(","),
      nodes: nodes?.split(","),
      "token-in": tokenIn?.split(","),
      "login-body": body === undefined ? undefined : readJson("login-body", body),
      "connect-timeout": wait === undefined ? undefined : Number(wait),
      "user-claims": userClaims === undefined ? undefined : readUserClaims(userClaims),
    }),
  };
  const facts = checkFacts(definedOf(given), { file, flags: Object.keys(definedOf(flags)) });
  return makeTarget(facts, await readKeys(facts), Math.floor(Date.now() / 1000));
}

function definedOf<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** `sub=ann,role=user` are texts, `id:=7` is any JSON. */
function readUserClaims(flag: string): Record<string, unknown> {
  return Object.fromEntries(
    flag.split(",").map((pair) => {
      const [, name, isJson, value] = /^([^=:]+)(:?)=(.*)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw new ArgumentsError(
          `--user-claims must be like sub=ann, or like id:=7 for a value that is not a text, got "${pair}".`,
        );
      return [name, isJson === "" ? value : readJson("user-claims", value)];
    }),
  );
}

function readJson(flag: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ArgumentsError(`--${flag} holds something that is not valid JSON.`);
  }
}

/** What a server can do if nothing is given; an option that serves a purpose claims it as well. */
function usualClaims(facts: TargetFacts): Capability[] {
  const isLogin = facts.password !== undefined;
  return [
    "polling",
    "websocket",
    ...(isLogin ? (["login"] as const) : []),
    ...(facts.self === undefined ? [] : (["self"] as const)),
    ...(facts.refresh === undefined ? [] : (["refresh"] as const)),
  ];
}

/** Where the token travels: as --token-in says, or else the claims. */
function wishesOf(facts: TargetFacts): PlaceWish[] {
  const said: readonly string[] =
    facts["token-in"] ?? CARRIERS.filter((carrier) => facts.claims?.includes(carrier));
  return said.map((word) => {
    const [carrier, name] = word.split(":") as [PlaceWish["carrier"], string?];
    return name === undefined ? { carrier } : { carrier, name };
  });
}

function isCarrier(name: Capability): boolean {
  return (CARRIERS as readonly string[]).includes(name);
}

function makeTarget(facts: TargetFacts, keys: GivenKeys, nowSeconds: number): Target {
  const { username, password, secret, token } = facts;
  const url = readAddress(facts.url);
  const without = new Set<string>(facts.without);
  const said = facts.claims ?? usualClaims(facts);
  // Where the token travels is looked for.
  const claims = said.filter((name) => !without.has(name) && !isCarrier(name));
  if (facts.nodes !== undefined && !without.has("nodes")) claims.push("nodes");
  const credentials = username && password ? { username, password } : undefined;
  const canLogIn = credentials !== undefined && claims.includes("login");
  const canMint = secret !== undefined || keys.privateKey !== undefined;
  if (!canMint && token === undefined && !canLogIn)
    throw new ArgumentsError(
      "The suite needs good tokens: give it --secret, or --private-key, or --token, or --username and --password for the login.",
    );
  if (!claims.includes("polling") && !claims.includes("websocket"))
    throw new ArgumentsError(
      "A target must claim polling or websocket, or no session can be opened.",
    );
  const login = claims.find((name) => name === "login" || name === "login-cookie");
  if (login !== undefined && credentials === undefined)
    throw new ArgumentsError(`The capability ${login} needs --username and --password.`);
  if (claims.includes("refresh") && login === undefined)
    throw new ArgumentsError("The capability refresh needs login or login-cookie.");
  if (facts["user-claims"] !== undefined && claims.includes("data-claim"))
    throw new ArgumentsError("--user-claims goes with a server that does not claim data-claim.");
  if (facts["key-id"] !== undefined && !canMint)
    throw new ArgumentsError(
      "--key-id goes with --secret or --private-key: a token that you give says itself which key it is for.",
    );
  if (!canMint && token !== undefined) checkGivenToken(token, nowSeconds, keys);
  return withImplied({
    ...TARGET_DEFAULTS,
    url,
    socketPath: `${(facts.path ?? TARGET_DEFAULTS.socketPath).replace(/\/$/, "")}/`,
    loginPath: facts.login ?? TARGET_DEFAULTS.loginPath,
    selfPath: facts.self ?? TARGET_DEFAULTS.selfPath,
    refreshPath: facts.refresh ?? TARGET_DEFAULTS.refreshPath,
    credentials,
    loginBody: facts["login-body"] ?? TARGET_DEFAULTS.loginBody,
    tokenField: facts["token-field"],
    wishes: wishesOf(facts),
    secret,
    ...keys,
    keyId: facts["key-id"],
    token,
    issuer: facts.issuer,
    audience: facts.audience,
    userClaims: facts["user-claims"],
    nodes: (facts.nodes ?? []).map((address) => readAddress(address, "nodes")),
    events: facts.events ?? [],
    namespaces: facts.namespaces ?? [],
    origins: facts.origins ?? [],
    connectTimeoutMs: facts["connect-timeout"],
    claims: new Set(claims),
  });
}

function readAddress(address: string, flag = "url"): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.pathname === "/" && !/[?#@]/.test(address) && /^https?:$/.test(url.protocol))
    return url.origin;
  // What stands before an @ or in a query may be a password, also in what is not an address.
  const shown = /[?#@]/.test(address) ? "" : `, got "${address}"`;
  throw new ArgumentsError(
    `--${flag} must be like http://127.0.0.1:8080, without a path, a query or a user${shown}.`,
  );
}
