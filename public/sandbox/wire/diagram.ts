// A diagram on the screen: whose attempt it shows, and where its rows are.
import type { FilledCell } from "../../../scripts/lab/sandbox/protocol.ts";
import type { Layout } from "./layout.ts";
import type { SideNames } from "./step-sentence.ts";

export interface Diagram {
  cell: FilledCell;
  names: SideNames;
  layout: Layout;
}
