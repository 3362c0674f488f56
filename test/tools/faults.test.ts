// Every planted fault is noticed by the conformance cases that are there to notice it.
import { afterAll, describe, expect, it } from "vitest";
import { type Fault, inFile } from "../../scripts/tools/faults/fault.ts";
import { FAULTS } from "../../scripts/tools/faults/faults.ts";
import { openFaultHosts } from "../../scripts/tools/faults/hosts.ts";
import { runFault } from "../../scripts/tools/faults/run.ts";
import { createGate } from "../../scripts/model/gate.ts";
import { cases } from "../conformance/cases.ts";

// A fault can leave a case waiting for an answer, so there is room for more than one for each core.
const gate = createGate(4);
const WAIT_MS = 60_000;

const hosts = openFaultHosts();
afterAll(() => hosts.close());

describe.concurrent("a fault is noticed", () => {
  it.each(FAULTS.map((fault) => [fault.id, fault] as const))(
    "%s",
    (_id, fault) =>
      gate.run(async () => {
        const own = cases.filter(({ id }) => fault.caughtBy.includes(id));
        const { missed } = await hosts.use((start) => runFault(fault, own, start));
        expect(missed).toEqual([]);
      }),
    WAIT_MS,
  );
});

it("a fault that ends its process as the next one starts leaves that one a process", async () => {
  const late: Fault = {
    ...FAULTS[0]!,
    id: "ends-the-next",
    changes: inFile(
      "server",
      "maxHttpBufferSize: 65_536,",
      'maxHttpBufferSize: (process.on("message", ({ folder }) => folder && process.exit(1)), 65_536),',
    ),
  };
  const own = openFaultHosts();
  await own.use((start) => runFault(late, [], start));
  const [next] = FAULTS;
  const noticing = cases.filter(({ id }) => next!.caughtBy.includes(id));
  const { missed } = await own.use((start) => runFault(next!, noticing, start));
  expect(missed).toEqual([]);
  await own.close();
});

describe("the faults", () => {
  it("name cases that exist", () => {
    const ids = new Set<string>(cases.map(({ id }) => id));
    expect(FAULTS.flatMap(({ caughtBy }) => caughtBy).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("have ids of their own, and a case each that notices them", () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
    expect(FAULTS.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
  });
});
