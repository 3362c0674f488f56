// Takes a token apart as far as anybody can: into its parts, and the JSON in them (RFC 7515 §7.1). Nothing is verified here.

/** As many characters as a token may have here: more than Node takes for all headers of a request, so that one can see that. */
export const LONGEST_TOKEN = 24_576;

/** The JSON object in a part of a token, and its text. */
interface DecodedPart {
  text: string;
  value: Record<string, unknown>;
}

/** Reads base64url, UTF-8 and JSON; undefined where a part is not all of these, or not an object. */
export function decodePart(part: string): DecodedPart | undefined {
  const bytes = /^[\w-]+$/.test(part) ? decodeBytes(part) : undefined;
  if (bytes === undefined) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { text, value } : undefined;
  } catch {
    // Neither UTF-8 nor JSON: the caller says the same of both.
    return undefined;
  }
}

/** The bytes of base64url or base64; undefined for any other text. */
export function decodeBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    // A character that is in neither alphabet, or a length that neither has.
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// --- Members ---

/** A member of a JSON object, and where in the text it stands. */
interface Member {
  name: string;
  start: number;
  end: number;
}

const PIECE = /"(?:[^"\\]|\\.)*"|[{}[\],]|[^\s"{}[\],:]+/g;

/** The members of an object, in their order; one that stands twice is there twice. @param json the text of an object */
function readMembers(json: string): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let isNameNext = true;
  for (const { 0: piece, index } of json.matchAll(PIECE)) {
    if (piece === "}" || piece === "]") depth -= 1;
    if (depth === 1 && piece === ",") isNameNext = true;
    else if (depth === 1 && isNameNext) {
      members.push({ name: JSON.parse(piece) as string, start: index, end: index });
      isNameNext = false;
    } else if (depth > 0) members.at(-1)!.end = index + piece.length;
    if (piece === "{" || piece === "[") depth += 1;
  }
  return members;
}

/** The names that stand more than once. */
export function duplicateNames(json: string): string[] {
  const names = readMembers(json).map(({ name }) => name);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/** Where the members of that name stand in the encoded part: three bytes are four characters (RFC 4648 §5). */
export function placesOf(name: string, json: string): { start: number; end: number }[] {
  const bytesBefore = (at: number): number => new TextEncoder().encode(json.slice(0, at)).length;
  return readMembers(json)
    .filter((member) => member.name === name)
    .map(({ start, end }) => ({
      start: Math.floor((bytesBefore(start) * 4) / 3),
      end: Math.ceil((bytesBefore(end) * 4) / 3),
    }));
}
