// The steps of a trace: waits for them, and puts each in words.
import type { Step } from "../../scripts/model/trace.ts";
import type { WireAttempt } from "../../scripts/lab/wire/wire.ts";

/** Resolves with the steps once there is one like this. */
export async function stepsUntil(
  attempt: WireAttempt,
  isLast: (step: Step) => boolean,
): Promise<Step[]> {
  for (;;) {
    const { steps } = attempt.trace();
    if (steps.some(isLast)) return steps;
    await new Promise<void>((resolve) => {
      const unlisten = attempt.onChange(() => {
        unlisten();
        resolve();
      });
    });
  }
}

/** As a person would say it. */
export function stepWords(step: Step): string {
  if (step.kind === "request") return `${step.method} ${step.target.replace(/[?&]t=\w+/, "")}`;
  if (step.kind === "response") return `${step.status} ${step.reason}`;
  if (step.kind === "closed") return step.isCut ? "cut" : "closed";
  if (step.kind === "check") return `checked ${step.what}`;
  const packets = step.packets.map(({ engine, socket }) => socket ?? engine);
  return [step.opcode, step.closeCode, ...packets].filter((part) => part !== undefined).join(" ");
}
