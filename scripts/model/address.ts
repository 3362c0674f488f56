// What is on the screen, as an address that can be sent to somebody; never the key, never a typed token. Pure.
import { type Client, TOKEN_NAMES } from "./vocabulary.ts";
import { CHOICE_NAMES, CHOICES, type Chosen, findChoice, textOf } from "./switches.ts";

/** The pages whose address is their name and nothing else. */
const PLAIN = ["sandbox", "bench", "trace"] as const;
type Plain = (typeof PLAIN)[number];

export type View =
  | { [Name in Plain]: { page: Name } }[Plain]
  | { page: "lessons" }
  | { page: "lesson"; number: number }
  /** What is compared: a file's name, or `auth`; undefined for the first file. */
  | { page: "compare"; what: string | undefined }
  /** As a person types it: `4`, `4b`. */
  | { page: "exercise"; id: string }
  /** The lessons that this browser runs for a program. */
  | { page: "run"; lessons: number[] }
  | { page: "unknown"; path: string };

/** A cell of the matrix: whose attempt, and which. The own attempt is called `own`. */
export interface CellId {
  attempt: string;
  client: Client;
}

export interface Address {
  view: View;
  chosen: Chosen;
  /** The cell whose trace is open. */
  cell: CellId | undefined;
}

/** An address read, and a sentence for each part of it that says nothing we know. */
export interface ReadAddress extends Address {
  problems: string[];
}

/** @param url path and query, with or without an origin */
export function readAddress(url: string): ReadAddress {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const problems: string[] = [];
  const chosen = readChosen(searchParams, problems);
  return { view: readView(pathname), chosen, cell: readCell(searchParams, problems), problems };
}

function readView(path: string): View {
  // No name needs an escape.
  const [page, rest, ...more] = path.split("/").slice(1);
  if (more.length > 0) return { page: "unknown", path };
  if (page === "lesson" && /^[1-9]\d?$/.test(rest ?? ""))
    return { page: "lesson", number: Number(rest) };
  if (page === "exercise" && /^[1-9]\d?[b-z]?$/.test(rest ?? ""))
    return { page: "exercise", id: rest! };
  if (page === "run" && /^[1-9]\d?(,[1-9]\d?)*$/.test(rest ?? ""))
    return { page: "run", lessons: rest!.split(",").map(Number) };
  if (page === "compare" && /^[a-z-]*$/.test(rest ?? "")) return { page, what: rest || undefined };
  if (rest !== undefined) return { page: "unknown", path };
  if (page === "") return { page: "lessons" };
  const plain = PLAIN.find((name) => name === page);
  return plain === undefined ? { page: "unknown", path } : { page: plain };
}

/** Whether a page has that address. @param path without a query */
export function isView(path: string): boolean {
  return readView(path).page !== "unknown";
}

function readChosen(query: URLSearchParams, problems: string[]): Chosen {
  const chosen: Chosen = {};
  for (const name of CHOICE_NAMES) {
    const text = query.get(name);
    if (text === null) continue;
    const choice = findChoice(name, text);
    const texts = CHOICES[name].map((each) => each.text);
    if (choice !== undefined) Object.assign(chosen, { [name]: choice.value });
    else problems.push(sentence(name, texts, text));
  }
  const tryAll = query.get("tryAllTransports");
  if (tryAll === "yes" || tryAll === "no") chosen.tryAllTransports = tryAll === "yes";
  else if (tryAll !== null) problems.push(sentence("tryAllTransports", ["yes", "no"], tryAll));
  const tokenText = query.get("token");
  const token = TOKEN_NAMES.find((name) => name === tokenText);
  if (token !== undefined) chosen.token = token;
  // The text is not repeated: it might be a token that somebody put there.
  else if (tokenText !== null)
    problems.push('"token" in the address must be the name of a token; it was left out.');
  return chosen;
}

function sentence(name: string, values: string[], got: string): string {
  const list = values.map((value) => `"${value}"`).join(" or ");
  return `"${name}" in the address must be ${list}, got "${got.slice(0, 40)}"; it was left out.`;
}

function readCell(query: URLSearchParams, problems: string[]): CellId | undefined {
  const attempt = query.get("attempt");
  const client = query.get("client") ?? "browser";
  if (attempt === null) return undefined;
  if (client === "browser" || client === "node") return { attempt, client };
  problems.push(sentence("client", ["browser", "node"], client));
  return undefined;
}

/** Path and query. Only what was chosen is written, so that a short address stays short. */
export function writeAddress({ view, chosen, cell }: Address): string {
  const query = new URLSearchParams();
  for (const name of CHOICE_NAMES) {
    const value = chosen[name];
    if (value !== undefined) query.set(name, textOf(value));
  }
  if (chosen.tryAllTransports !== undefined)
    query.set("tryAllTransports", chosen.tryAllTransports ? "yes" : "no");
  if (typeof chosen.token === "string") query.set("token", chosen.token);
  if (cell !== undefined) {
    query.set("attempt", cell.attempt);
    query.set("client", cell.client);
  }
  // A comma needs no escape in a query (RFC 3986 §3.4), and is easier to read.
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? writeView(view) : `${writeView(view)}?${text}`;
}

function writeView(view: View): string {
  switch (view.page) {
    case "lessons":
      return "/";
    case "lesson":
      return `/lesson/${view.number}`;
    case "compare":
      return view.what === undefined ? "/compare" : `/compare/${view.what}`;
    case "exercise":
      return `/exercise/${view.id}`;
    case "run":
      return `/run/${view.lessons.join()}`;
    case "unknown":
      // Two slashes would begin the name of another host.
      return view.path.replace(/^\/+/, "/");
    default:
      return `/${view.page}`;
  }
}

/** Whether both show the same page, switches and cell aside. */
export function isSameView(one: View, other: View): boolean {
  return writeView(one) === writeView(other);
}
