// Where a token can travel: in a header, in the payload of CONNECT, in a cookie or in the query.

export const CARRIERS = ["header", "payload", "cookie", "query"] as const;
export type Carrier = (typeof CARRIERS)[number];

export interface Place {
  carrier: Carrier;
  /** Of the header, of the member of the payload, of the cookie, of the parameter. */
  name: string;
  /** What stands before the token: `bearer `, `Bearer ` or nothing. */
  prefix: string;
}

/** What a client brings along when it opens a session and connects. */
export interface Credential {
  headers: Record<string, string>;
  /** Further parameters of the query. */
  query: string;
  /** The payload of CONNECT. */
  auth: Record<string, unknown>;
}

export const NOTHING: Credential = { headers: {}, query: "", auth: {} };

/** The usual places, which a target of this project has. */
export const IN_HEADER: Place = { carrier: "header", name: "Authorization", prefix: "bearer " };
export const IN_PAYLOAD: Place = { carrier: "payload", name: "token", prefix: "" };

export const IN_COOKIE: Place = { carrier: "cookie", name: "access_token", prefix: "" };

/** The cookie that holds the token, where a target takes it from one. */
export function cookiePlaceOf({ places }: { places: readonly Place[] }): Place {
  return places.find(({ carrier }) => carrier === "cookie") ?? IN_COOKIE;
}

/** Names under which servers look for a token, the usual one first. */
export const USUAL_NAMES: Readonly<Record<Carrier, readonly string[]>> = {
  header: ["Authorization", "X-Access-Token", "X-Auth-Token"],
  payload: [
    "token",
    "accessToken",
    "access_token",
    "jwt",
    "authToken",
    "authorization",
    "Authorization",
  ],
  cookie: ["token", "access_token", "accessToken", "jwt", "auth", "Authentication", "session"],
  query: ["token", "access_token", "accessToken", "jwt", "auth_token"],
};

/** Whether it is the header of RFC 6750 §2.1, with its scheme. */
export function isBearer({ carrier, name, prefix }: Place): boolean {
  return carrier === "header" && name === IN_HEADER.name && prefix !== "";
}

/** Puts one token into several places at once. */
export function bring(places: readonly Place[], token: string): Credential {
  const of = (carrier: Carrier): [name: string, text: string][] =>
    places
      .filter((place) => place.carrier === carrier)
      .map(({ name, prefix }) => [name, `${prefix}${token}`]);
  const cookie = of("cookie").map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return {
    headers: {
      ...Object.fromEntries(of("header")),
      ...(cookie.length > 0 ? { Cookie: cookie.join("; ") } : {}),
    },
    query: new URLSearchParams(of("query")).toString(),
    auth: Object.fromEntries(of("payload")),
  };
}

/** `the payload of CONNECT, { accessToken: "Bearer …" }` */
export function describePlace({ carrier, name, prefix }: Place): string {
  const text = `${prefix}…`;
  return {
    header: `the header ${name}${prefix === "" ? ", bare" : ""}`,
    payload: `the payload of CONNECT, { ${name}${prefix === "" ? "" : `: "${text}"`} }`,
    cookie: `the cookie ${name}`,
    query: `the parameter ${name} of the query`,
  }[carrier];
}

/** As the flag --token-in has it: `payload:accessToken`. */
export function wordOf({ carrier, name }: Place): string {
  return carrier === "header" && name === IN_HEADER.name ? carrier : `${carrier}:${name}`;
}
