// Masks credentials in everything that is shown: tokens, passwords, and the sid, which is a bearer secret of its own.
const SHOWN_CHARACTERS = 6;
// Of a shorter secret, the last characters would be too much of it.
const SHORTEST_PARTLY_SHOWN = 24;
const DEEPEST_SHOWN = 50;

/** Three parts of base64url, or what is left of a token that was cut short ("eyJ" is how `{"` begins in base64). */
const TOKEN =
  /(?<![\w-])[\w-]{16,}\.[\w-]{16,}\.[\w-]*(?:\.[\w-]*)*|eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

// `pid` is the private id of connection state recovery.
const NAMES =
  "sid|pid|jwt|[\\w-]{0,40}(?:token|passw(?:or)?d|passphrase|secret|authorization|api_?key)";
const SECRET_NAME = new RegExp(`^(?:${NAMES})$`, "i");
const PARTLY_SHOWN_NAME = /^(?:sid|pid|jwt)$|token$/i;

// In text that is not JSON as a whole: packets, forms, a body that was cut short.
const JSON_MEMBER = new RegExp(
  `"(${NAMES})"(\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^",}\\s][^,}]*)`,
  "gi",
);
const FORM_FIELD = new RegExp(`\\b(${NAMES})=([^&\\s";,]+)`, "gi");

const MASKED = new RegExp(`^…[\\w-]{0,${SHOWN_CHARACTERS}}$`);

/** "…" and the last 6 characters; "…" alone for a short one. Equal secrets give equal masks, and a mask is its own. */
function maskSecret(secret: string): string {
  if (MASKED.test(secret)) return secret;
  return `…${lastCharactersOf(secret)}`;
}

/** The part of a token or sid that may be shown. */
export function lastCharactersOf(secret: string): string {
  const isLong = secret.length >= SHORTEST_PARTLY_SHOWN || isSessionId(secret);
  return isLong ? secret.slice(-SHOWN_CHARACTERS) : "";
}

/** Engine.IO's sid has 20 characters, and the last of them are a counter: those distinguish sids and reveal nothing. */
function isSessionId(secret: string): boolean {
  return /^[\w-]{20}$/.test(secret);
}

function maskNamed(name: string, secret: string): string {
  return PARTLY_SHOWN_NAME.test(name) ? maskSecret(secret) : "…";
}

/**
 * A value as it may be shown: plain data, credentials masked, binary data as the text `<binary>`. The same value, if that
 * changes nothing.
 */
export function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return maskText(value);
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return "<binary>";
  if (depth > DEEPEST_SHOWN) return "…";
  let isSame = true;
  const mask = (name: string, member: unknown): unknown => {
    const isSecret = name !== "" && SECRET_NAME.test(name);
    const masked = isSecret ? maskMember(name, member) : maskValue(member, depth + 1);
    isSame &&= masked === member;
    return masked;
  };
  const masked = Array.isArray(value)
    ? value.map((item) => mask("", item))
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mask(name, each)]));
  return isSame ? value : masked;
}

function maskMember(name: string, member: unknown): unknown {
  if (member === null || typeof member === "boolean") return member;
  // The header of a trace, which is masked already: its scheme and its spaces may be shown.
  const isHeader = typeof member === "string" && /^authorization$/i.test(name);
  if (isHeader && maskAuthorization(member) === member) return member;
  return typeof member === "string" ? maskNamed(name, member) : "…";
}

/** Text with its credentials masked; text in which there are none stays as it is. */
export function maskText(text: string): string {
  const value = readJson(text);
  if (value === undefined) return maskLooseText(text);
  const masked = maskValue(value);
  return masked === value ? text : JSON.stringify(masked);
}

/** The value, if the text is a JSON object or array. */
function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // It only looked like JSON, and is masked as text.
    return undefined;
  }
}

function maskLooseText(text: string): string {
  return text
    .replace(JSON_MEMBER, (_, name: string, colon: string, value: string) => {
      const secret = value.replace(/^"|"$/g, "");
      const isPlain = /^(?:null|true|false)$/.test(value);
      return `"${name}"${colon}${isPlain ? value : `"${maskNamed(name, secret)}"`}`;
    })
    .replace(FORM_FIELD, (_, name: string, value: string) => `${name}=${maskNamed(name, value)}`)
    .replace(TOKEN, maskSecret);
}

/** A path with its query, credentials masked: the sid, a token, a password. */
export function maskTarget(target: string): string {
  const [path = "", ...query] = target.split("?");
  const masked = query.join("?").split("&").map(maskParameter).join("&");
  return path.replace(TOKEN, maskSecret) + (query.length > 0 ? `?${masked}` : "");
}

function maskParameter(parameter: string): string {
  const equals = parameter.indexOf("=");
  const name = equals === -1 ? parameter : parameter.slice(0, equals);
  const value = equals === -1 ? "" : decodeText(parameter.slice(equals + 1));
  const plainName = decodeText(name);
  if (value !== "" && SECRET_NAME.test(plainName)) return `${name}=${maskNamed(plainName, value)}`;
  const masked = maskText(value);
  return (masked === value ? parameter : `${name}=${masked}`).replace(TOKEN, maskSecret);
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A "%" that encodes nothing: the text stands for itself.
    return text;
  }
}

/** An Authorization header: its scheme as it was spelled, its credential masked. */
export function maskAuthorization(value: string): string {
  const [, scheme = "", gap = "", credential = ""] = /^(\S+)(\s+)(.*)$/s.exec(value) ?? [];
  if (/^bearer$/i.test(scheme)) return scheme + gap + credential.replace(/\S+/g, maskSecret);
  const shown = (text: string): string =>
    MASKED.test(text) || text.match(TOKEN)?.[0] === text ? maskSecret(text) : "…";
  // Of Basic (RFC 7617), the last characters are those of the password.
  if (scheme !== "") return scheme.replace(TOKEN, maskSecret) + gap + shown(credential);
  return /^(?:bearer|)$/i.test(value) ? value : shown(value);
}
