// What a person can do on the token bench.
import type { TokenChoice } from "../../../scripts/model/schema-pieces.ts";
import { flip } from "../../../scripts/model/switches.ts";
import { CallError } from "../shell/channel.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches, type Store } from "../shell/state.ts";
import { type BenchState, type BenchStep, isTokenShown, withStep } from "./bench-state.ts";
import { type Change, claimsText, type Draft, finishToken, readClaims } from "./draft.ts";
import { readTyped } from "../shell/typed-token.ts";
import type { Mark } from "./encoded-view.ts";
import { checkWithKey } from "./public-key.ts";
import { decodeToken } from "./token-text.ts";

export interface BenchActions {
  /** Sets the page's token switch, which puts the token on the bench. */
  pick(token: TokenChoice): void;
  /** Picks the next token by name, or the one before. */
  step(step: 1 | -1): void;
  /** Puts a token on the bench that was pasted or typed. */
  paste(text: string): void;
  /** Another text than the token is in the field; undefined if it is the token again. */
  setTyped(typed: string | undefined): void;
  /** Marks in the token what the person points at. */
  readonly point: (marked: Mark | undefined) => void;
  /** Checks the signature with a public key, which is not stored. */
  checkKey(text: string): void;
  toggleShown(): void;
  edit(change: Partial<Draft>): void;
  /** Makes one of the ready changes to the claims. */
  change(change: Change): void;
  /** Signs the draft, and tries the token at once. */
  make(): void;
  undo(): void;
  redo(): void;
}

export function createBenchActions(
  { store, channel, choose }: Shell,
  bench: Store<BenchState>,
): BenchActions {
  const { update } = bench;
  const now = (): BenchState => bench.state;
  const pick = (token: TokenChoice): void => choose({ token });

  async function make(): Promise<void> {
    const { draft } = now();
    const read = readClaims(draft.text);
    if ("problem" in read) return;
    const { algorithm, key } = draft;
    try {
      const { claims } = read;
      const { token } = await channel.call("mint", { algorithm, key, claims });
      const choice = { text: finishToken(token, claims, draft) };
      // Placed with its draft at once, so that the draft is not read from the token again.
      update({ ...withStep(now()), choice, problem: undefined });
      pick(choice);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      update({ problem: error.message });
    }
  }

  async function checkKey(keyText: string): Promise<void> {
    const { text, round } = now();
    const decoded = decodeToken(text ?? "");
    if (text === null || "problem" in decoded) return;
    const keyCheck = await checkWithKey(text, decoded, keyText);
    if (now().round === round) update({ keyCheck });
  }

  /** Goes to a step; where one was is the first one on the other side. */
  function goTo(
    step: BenchStep | undefined,
    sides: (here: BenchStep) => Partial<BenchState>,
  ): void {
    const { choice, draft } = now();
    if (step === undefined || choice === undefined) return;
    update({ ...sides({ choice, draft }), ...step, problem: undefined });
    pick(step.choice);
  }

  return {
    pick,
    step: (step) => choose(flip("token", currentSwitches(store.state), undefined, step).change),
    paste(text) {
      const read = readTyped(text);
      if ("problem" in read) return update({ problem: read.problem });
      // It may be the token that is here already, and then nothing is judged again.
      update({ typed: undefined, problem: undefined });
      pick({ text: read.token });
    },
    setTyped: (typed) => update({ typed }),
    point: (marked) => update({ marked }),
    checkKey: (text) => void checkKey(text),
    toggleShown: () => update({ isShown: !isTokenShown(now()) }),
    edit: (change) => update({ draft: { ...now().draft, ...change } }),
    change({ apply }) {
      const read = readClaims(now().draft.text);
      if ("problem" in read) return;
      const text = claimsText(apply(read.claims, now().now));
      update({ ...withStep(now()), draft: { ...now().draft, text } });
    },
    make: () => void make(),
    undo() {
      const { past, future } = now();
      goTo(past.at(-1), (here) => ({ past: past.slice(0, -1), future: [here, ...future] }));
    },
    redo() {
      const { past, future } = now();
      goTo(future[0], (here) => ({ past: [...past, here], future: future.slice(1) }));
    },
  };
}
