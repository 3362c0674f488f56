// One small program in three formats that are in step, for planting differences in.
import type { Variant } from "../scripts/model/vocabulary.ts";

const cjs = `// Reads a token and says who it is for.
const { createSecretKey } = require("node:crypto");
const path = require("node:path");
const jwt = require("jsonwebtoken");
const { refuse } = require("./bearer.cjs");

// --- Reading ---

// CommonJS: the folder of this file.
const FOLDER = path.join(__dirname, "keys");
const SCHEME = /^bearer +/i;

// The scheme is case-insensitive,
// and one space at least follows it.
function readToken(header = "") {
  if (!SCHEME.test(header)) return null;
  return header.replace(SCHEME, "");
}

// --- Checking ---

async function checkToken(req, key, rules) {
  const token = readToken(req.headers?.authorization);
  // Nothing to check.
  if (token === null) return refuse(req, \`no token in \${FOLDER}\`);
  try {
    const claims = await jwt.verify(token, createSecretKey(key), {
      // Fixed, or the token would choose.
      algorithms: ["HS256"],
      issuer: rules.issuer ?? "accounts",
      clockTolerance: 1000,
    });
    return claims.data;
  } catch {
    return refuse(req, "bad token");
  }
}

module.exports = { readToken, checkToken };
`;

const esm = cjs
  .replaceAll(/const (.+) = require\("(.+)"\);/g, 'import $1 from "$2";')
  .replaceAll(".cjs", ".mjs")
  .replace("__dirname", "import.meta.dirname")
  .replace("CommonJS: the", "ES modules: the")
  .replace("function readToken", "export function readToken")
  .replace("async function checkToken", "export async function checkToken")
  .replace(/\nmodule.exports = .+\n/, "");

const ts = esm
  .replaceAll(".mjs", ".ts")
  .replace("ES modules: the", "TypeScript: the")
  .replace("import jwt from", 'import type { Request } from "express";\nimport jwt from')
  .replace(
    "// --- Reading",
    "// TypeScript: what a check asks for.\nexport interface Rules {\n  issuer?: string;\n}\n\n// --- Reading",
  )
  .replace('header = ""', 'header: string = ""')
  .replace("): null", "): string | null")
  .replace("req, key, rules)", "req: Request, key: Buffer, rules: Rules): Promise<unknown>")
  .replace("createSecretKey(key), {", "createSecretKey(key as Buffer), {")
  .replace("return claims.data", "return (claims as { data: unknown }).data");

/** The program in each format. */
export const IN_STEP: Record<Variant, string> = { cjs, esm, ts };
