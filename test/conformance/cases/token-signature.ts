// Algorithm, signature and form of a token (RFC 7515, RFC 8725).
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import type { Forge } from "../forge.ts";
import { encode, type GoodToken, mint } from "../mint.ts";
import { signWithSecret } from "../signer.ts";
import { acceptedTokens, refusedForgeries, refusedTokens, type TokenRow } from "../token-case.ts";

const ALGORITHM = "RFC 8725 §3.1";
const NONE = "RFC 8725 §3.2";
const SIGNATURE = "RFC 7515 §5.2";
const FORM = "RFC 7515 §3.1";
const CLAIMS_SET = "RFC 7519 §7.2, step 10";

const VERIFY_IT =
  "Verify the signature, with one algorithm and a key of your own, before anything in the token is believed: to decode a token is not to verify it.";
const FIX_THE_ALGORITHM =
  "Name the one algorithm of your tokens where they are verified, and leave the choice to no token.";

function flip(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}

/** A token that names this algorithm and is signed as a good one all the same. */
function named(alg: unknown): (forge: Forge) => string {
  return (forge) => forge.mint({ header: { alg, typ: "JWT" } });
}

/** A token that names this algorithm and has no signature. */
function unsigned(alg: string): (good: GoodToken) => string {
  return ({ claims }) => `${encode({ alg, typ: "JWT" })}.${encode(claims)}.`;
}

// oxfmt-ignore
const forgeries = refusedForgeries([
  ["alg-none", "a token that says it is not signed", NONE, unsigned("none")],
  ["alg-none-capital", "the algorithm None, without a signature", NONE, unsigned("None")],
  ["alg-none-upper-case", "the algorithm NONE, without a signature", NONE, unsigned("NONE")],
  ["secret-other", "a token signed with another secret", SIGNATURE, (good) => mint({ payload: good.claims, signer: signWithSecret("another secret of at least 32 bytes") })],
  ["secret-guide", "a token signed with a secret that an example gives", SIGNATURE, (good) => mint({ payload: good.claims, signer: signWithSecret("Mys3cr3t") })],
  ["secret-empty", "a token signed with an empty secret", SIGNATURE, (good) => mint({ payload: good.claims, signer: signWithSecret("") })],
  ["jwk-embedded", "a token that brings its own key along", "RFC 8725 §3.10", (good) => mint({ payload: good.claims, header: { alg: "HS256", jwk: { kty: "oct", k: encode("mine") } }, signer: signWithSecret("mine") })],
  ["kid-path", "a key id that names an empty file", "RFC 8725 §3.10", (good) => mint({ payload: good.claims, header: { alg: "HS256", kid: "../../dev/null" }, signer: signWithSecret("") })],
  ["tampered-claims", "claims that were changed after signing", SIGNATURE, ({ parts: [h, , s], claims, now }) => `${h}.${encode({ ...claims, exp: now + 6000 })}.${s}`],
  ["tampered-header", "a header that was changed after signing", SIGNATURE, ({ parts: [, p, s] }) => `${encode({ alg: "HS256", typ: "JWT", kid: "1" })}.${p}.${s}`],
  ["signature-missing", "a token whose signature was taken off", SIGNATURE, ({ parts }) => parts.with(2, "").join(".")],
  ["signature-changed", "a signature with one character changed", SIGNATURE, ({ parts: [h, p, s] }) => `${h}.${p}.${flip(s)}`],
  ["signature-short", "a signature that was cut short", SIGNATURE, ({ token }) => token.slice(0, -6)],
  ["signature-long", "a signature with characters after it", SIGNATURE, ({ token }) => `${token}AAAA`],
  ["signature-zero", "a signature of zeros", SIGNATURE, ({ parts }) => parts.with(2, "A".repeat(43)).join(".")],
  ["form-word", "one word", FORM, () => "undefined"],
  ["form-dots", "two dots and nothing else", FORM, () => ".."],
  ["form-two-parts", "a token of two parts", FORM, ({ parts }) => parts.slice(0, 2).join(".")],
  ["form-four-parts", "a token of four parts", FORM, ({ token }) => `${token}.x`],
  ["form-five-parts", "a token of five parts", "RFC 7519 §7.2, step 6", ({ token }) => `${token}.x.y`],
  ["form-no-header", "a token without its header", FORM, ({ parts }) => parts.with(0, "").join(".")],
  ["form-no-payload", "a token without its payload", FORM, ({ parts }) => parts.with(1, "").join(".")],
], VERIFY_IT);

const padded = refusedForgeries(
  [["form-padded", "a token with padding after it", "RFC 7515 §2", ({ token }) => `${token}=`]],
  "Refuse base64url with padding: where one token can be written in two ways, a list of revoked tokens misses the other way.",
);

// oxfmt-ignore
const algorithms = refusedTokens([
  ["alg-none-signed", "the algorithm none, with a signature", NONE, named("none")],
  ["alg-lower-case", "the algorithm in small letters", "RFC 7515 §4.1.1", (f) => named(f.signer.algorithm.toLowerCase())(f)],
  ["alg-missing", "a header without an algorithm", "RFC 7515 §4.1.1", named(undefined)],
  ["alg-null", "an algorithm that is null", "RFC 7515 §4.1.1", named(null)],
  ["alg-number", "an algorithm that is a number", "RFC 7515 §4.1.1", named(256)],
  ["alg-array", "a list of algorithms", "RFC 7515 §4.1.1", (f) => named([f.signer.algorithm])(f)],
], [], FIX_THE_ALGORITHM);

// oxfmt-ignore
const algorithmsWithSecret = refusedTokens([
  ["alg-hs384", "HS384 with the right secret", ALGORITHM, (f) => f.mint({ signer: signWithSecret(f.secret, "HS384") })],
  ["alg-hs512", "HS512 with the right secret", ALGORITHM, (f) => f.mint({ signer: signWithSecret(f.secret, "HS512") })],
  ["alg-rs256", "the algorithm RS256, signed with the secret", ALGORITHM, named("RS256")],
  ["alg-es256", "the algorithm ES256, signed with the secret", ALGORITHM, named("ES256")],
  ["alg-ps256", "the algorithm PS256, signed with the secret", ALGORITHM, named("PS256")],
  ["alg-mixed", "HS256 in the header and the signature of HS512", ALGORITHM, (f) => f.mint({ header: { alg: "HS256" }, signer: signWithSecret(f.secret, "HS512") })],
], ["secret"], FIX_THE_ALGORITHM);

// oxfmt-ignore
const guessedSecrets = refusedTokens([
  ["secret-issuer", "a token signed with the name of the issuer", SIGNATURE, (f) => f.mint({ signer: signWithSecret(f.issuer) })],
  ["secret-prefix", "a token signed with the first half of the secret", SIGNATURE, (f) => f.mint({ signer: signWithSecret(f.secret.slice(0, f.secret.length / 2)) })],
], ["secret"], VERIFY_IT);

// oxfmt-ignore
const signatures = refusedTokens([
  ["signature-of-other", "the signature of another token", SIGNATURE, (f) => { const [h, p] = f.token().split("."); return `${h}.${p}.${f.signer.sign("other")}`; }],
], [], VERIFY_IT);

// oxfmt-ignore
const forms: TokenRow[] = [
  ["header-text", "a header that is not JSON", SIGNATURE, (f) => f.mint({ header: "HS256" })],
  ["header-array", "a header that is a list", SIGNATURE, (f) => f.mint({ header: [{ alg: f.signer.algorithm }] })],
  ["header-null", "a header that is null", SIGNATURE, (f) => f.mint({ header: "null" })],
];

const LOOK_FOR_CRIT =
  "Refuse a token whose header has crit, unless the server understands all that it names: libraries seldom look at it.";

// oxfmt-ignore
const critical = refusedTokens([
  ["crit-unknown", "a header that calls an extension critical which nobody knows", "RFC 7515 §4.1.11", (f) => f.mint({ header: { alg: f.signer.algorithm, crit: ["color"], color: "green" } })],
  ["crit-b64", "a payload that a critical extension says is not encoded", "RFC 7797 §6", (f) => f.mint({ header: { alg: f.signer.algorithm, b64: false, crit: ["b64"] } })],
], [], LOOK_FOR_CRIT);

const TYPED = "RFC 8725 §3.11";

// oxfmt-ignore
const otherKinds = refusedTokens([
  ["typ-event", "a security event, which is a token of another kind", TYPED, (f) => f.mint({ header: { alg: f.signer.algorithm, typ: "secevent+jwt" } })],
  ["typ-longer", "a kind of token whose name only begins with JWT", TYPED, (f) => f.mint({ header: { alg: f.signer.algorithm, typ: "JWT+x" } })],
  ["typ-list", "kinds of token in a list", "RFC 7515 §4.1.9", (f) => f.mint({ header: { alg: f.signer.algorithm, typ: ["JWT"] } })],
], ["checks-typ"]);

const REFUSE_WHAT_THROWS =
  "Treat every error while a token is read as a bad token, and a payload that is not an object as well: libraries verify the signature of any payload, and some throw an error of their own over null.";

// oxfmt-ignore
const payloads: TokenRow[] = [
  ["payload-text", "a signed payload that is a JSON text", CLAIMS_SET, (f) => f.mint({ payload: '"john"' })],
  ["payload-not-json", "a signed payload that is not JSON", CLAIMS_SET, (f) => f.mint({ payload: "john" })],
  ["payload-number", "a signed payload that is a number", CLAIMS_SET, (f) => f.mint({ payload: "1" })],
  ["payload-null", "a signed payload that is null", CLAIMS_SET, (f) => f.mint({ payload: "null" })],
  ["payload-true", "a signed payload that is true", CLAIMS_SET, (f) => f.mint({ payload: "true" })],
  ["payload-array", "a signed payload that is a list", CLAIMS_SET, (f) => f.mint({ payload: [f.claims()] })],
  ["payload-empty", "a signed payload that is an empty object", CLAIMS_SET, (f) => f.mint({ payload: {} })],
  ["payload-cut", "a signed payload that ends in the middle", CLAIMS_SET, (f) => f.mint({ payload: JSON.stringify(f.claims()).slice(0, -1) })],
  ["payload-binary", "a signed payload of bytes that are no text", CLAIMS_SET, (f) => f.mint({ payload: "\u0000\uFFFF" })],
  ["payload-deep", "a signed payload of a thousand lists in each other", CLAIMS_SET, (f) => f.mint({ payload: "[".repeat(1000) + "]".repeat(1000) })],
];

// oxfmt-ignore
const accepted = acceptedTokens([
  ["header-no-typ", "a header that does not say it is a JWT", "RFC 7519 §5.1", (f) => f.mint({ header: { alg: f.signer.algorithm } })],
  ["header-unknown", "a header with parameters that nobody knows", "RFC 7515 §4", (f) => f.mint({ header: { alg: f.signer.algorithm, kid: "1", color: "green" } })],
  ["payload-spaced", "claims with spaces and line breaks between them", "RFC 7519 §7.2", (f) => f.mint({ payload: JSON.stringify(f.claims(), undefined, 2) })],
]);

const MAKE_A_SECRET =
  "Make one of 32 random bytes and keep it out of the code: node -p \"crypto.randomBytes(32).toString('base64url')\"";

const secret: Case = {
  id: "token.secret-length",
  title: "has a secret of 32 bytes or more for HS256",
  source: "RFC 7518 §3.2",
  needs: ["secret"],
  remedy: MAKE_A_SECRET,
  run: async ({ target }) => {
    const bytes = Buffer.byteLength(target.secret ?? "");
    expectThat(bytes >= 32, "32 bytes or more", String(bytes));
  },
};

export const tokenSignatureCases = [
  secret,
  ...accepted,
  ...forgeries,
  ...padded,
  ...algorithms,
  ...algorithmsWithSecret,
  ...guessedSecrets,
  ...critical,
  ...otherKinds,
  ...signatures,
  ...refusedTokens(forms, [], VERIFY_IT),
  ...refusedTokens(payloads, [], REFUSE_WHAT_THROWS),
];
