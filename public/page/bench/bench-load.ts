// Puts the token of the page's switch on the bench, and asks each auth mode about it.
import type { TokenChoice } from "../../../scripts/model/schema-pieces.ts";
import type { Switches } from "../../../scripts/model/switches.ts";
import { CallError, type Channel } from "../shell/channel.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches, type Store } from "../shell/state.ts";
import { type BenchState, isSameToken, withStep } from "./bench-state.ts";
import { verdictSentence } from "./bench-words.ts";
import { type Draft, draftFor, EMPTY_DRAFT } from "./draft.ts";
import { decodeToken } from "./token-text.ts";

/** Judges the token; one that was not there before is a step that can be undone. */
export async function judgeToken(
  { store, channel }: Shell,
  bench: Store<BenchState>,
): Promise<void> {
  if (store.state.connection !== "connected") return;
  const round = bench.state.round + 1;
  const isWanted = (): boolean => bench.state.round === round;
  const update = (change: Partial<BenchState>): void => {
    if (isWanted()) bench.update(change);
  };
  bench.update({ round, isJudging: true, problem: undefined });
  try {
    const switches = currentSwitches(store.state);
    const text = await textOf(switches.token, channel);
    if (!isWanted()) return;
    const draft = await draftOf(bench.state, switches.token, { text, channel });
    if (!isWanted()) return;
    update(placed(bench.state, switches.token, { text, draft }));
    await judge({ text, switches, channel, update });
    const { report } = bench.state;
    if (isWanted() && report !== undefined) store.update({ announcement: verdictSentence(report) });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: asked again as soon as the server is back.
    update({ isJudging: false, ...(error.code === "REFUSED" ? { problem: error.message } : {}) });
  }
}

async function textOf(token: TokenChoice, channel: Channel): Promise<string | null> {
  return typeof token === "string" ? (await channel.call("tokenNamed", token)).token : token.text;
}

/** The draft stays as long as the token does. Where nothing can be read, a good token is what to begin with. */
async function draftOf(
  { choice, draft }: BenchState,
  token: TokenChoice,
  { text, channel }: { text: string | null; channel: Channel },
): Promise<Draft> {
  if (isSameToken(choice, token)) return draft;
  const decoded = decodeToken(text ?? "");
  if (!("problem" in decoded)) return draftFor(decoded);
  const good = decodeToken((await channel.call("tokenNamed", "valid")).token ?? "");
  return "problem" in good ? EMPTY_DRAFT : draftFor(good);
}

function placed(
  bench: BenchState,
  choice: TokenChoice,
  { text, draft }: { text: string | null; draft: Draft },
): Partial<BenchState> {
  return isSameToken(bench.choice, choice)
    ? { text }
    : {
        choice,
        text,
        draft,
        isDemo: typeof choice === "string",
        isShown: undefined,
        typed: undefined,
        marked: undefined,
        keyCheck: undefined,
        ...withStep(bench),
      };
}

interface Judging {
  text: string | null;
  switches: Switches;
  channel: Channel;
  update: (change: Partial<BenchState>) => void;
}

async function judge({ text, switches, channel, update }: Judging): Promise<void> {
  // An empty field waits for a paste.
  if (text === "") return update({ report: undefined, isJudging: false });
  const token = text === null ? "none" : { text };
  const report = await channel.call("bench", token, { ...switches, token });
  const isSigned = report.signature === "ours" || report.forged !== undefined;
  update({ report, isJudging: false, ...(isSigned ? { isDemo: true } : {}) });
}
