// What a check that a server reports was about, and what it decided.
import {
  answerTo,
  carries,
  type CheckStep,
  type ResponseStep,
  type Step,
  isOfRight,
  stepOf,
} from "../../model/trace.ts";

type Report = Pick<CheckStep, "connection" | "what">;

/**
 * The step that a check was about: the first that it can be and that has none yet, as the line comes through a pipe of its own
 * and may be late. Undefined if there is no such step.
 */
export function findChecked(
  steps: readonly Step[],
  { connection, what }: Report,
): Step | undefined {
  // A right is checked after the credential, so its packet has a check already.
  if (isOfRight({ what })) return steps.findLast(hasConnectPacket);
  const isConnect = what === "CONNECT packet";
  const isAbout = isConnect ? hasConnectPacket : isRequestOf(what);
  const checked = new Set(steps.map((step) => (step.kind === "check" ? step.about : undefined)));
  return steps.find(
    (step) =>
      // The CONNECT packet of polling may come over another connection than the one that opened the session.
      (step.connection === connection || isConnect) && isAbout(step) && !checked.has(step.id),
  );
}

function hasConnectPacket(step: Step): boolean {
  return carries(step, "client", "CONNECT");
}

/** @param what `GET polling handshake`, `GET websocket request` where every request is checked, or `GET /self` */
function isRequestOf(what: string): (step: Step) => boolean {
  const [method, transport = "", kind] = what.split(" ");
  return (step) =>
    step.kind === "request" &&
    step.method === method &&
    (transport.startsWith("/")
      ? step.target.replace(/\?.*$/s, "") === transport
      : kind === "handshake"
        ? // Engine.IO opens a session for each request whose sid is missing or empty.
          !/[?&]sid=[^&]/.test(step.target)
        : new RegExp(`[?&]transport=${transport}(&|$)`).test(step.target));
}

/** What a check decided, and the step that shows it. */
export function decide(
  steps: readonly Step[],
  check: CheckStep,
): Pick<CheckStep, "decision" | "shownBy"> {
  const about = stepOf(steps, check.about);
  const isPassed = steps.some(
    (step) => step.kind === "check" && isOfRight(step) && step.about === check.about,
  );
  // A client whose rights are checked has shown a good credential.
  if (isPassed && !isOfRight(check)) return { decision: "accepted" };
  const shown =
    about?.kind === "request" && check.what !== "CONNECT packet"
      ? answerTo(steps, about)
      : about && answerToConnect(steps, check);
  // The server's own word goes first; of an acceptance it prints none.
  const decision = check.reason === undefined ? decisionOf(shown) : "refused";
  return { decision, ...(shown && { shownBy: shown.id }) };
}

function answerToConnect(steps: readonly Step[], check: CheckStep): Step | undefined {
  return steps
    .slice(steps.indexOf(check))
    .find(
      (step) =>
        carries(step, "server", "CONNECT") ||
        carries(step, "server", "CONNECT_ERROR") ||
        (step.kind === "closed" && step.isCut),
    );
}

function decisionOf(step: Step | undefined): CheckStep["decision"] {
  if (step === undefined) return "open";
  if (step.kind === "closed") return step.isCut ? "refused" : "open";
  if (carries(step, "server", "CONNECT_ERROR")) return "refused";
  return step.kind === "response" && step.status >= 400 && !isOfEngine(step)
    ? "refused"
    : "accepted";
}

/**
 * Engine.IO looks at transport, method, version and Origin once its middleware is through, so an answer about these says that the
 * check went well (engine.io 6.6, `verify`).
 */
function isOfEngine({ status, body }: ResponseStep): boolean {
  return (status === 400 || status === 403) && OF_ENGINE.test(body);
}

const OF_ENGINE = /Transport unknown|Bad handshake method|Unsupported protocol version|Forbidden/;
