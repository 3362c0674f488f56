// A diagram on the screen: whose attempt it shows, and where its rows are.
import type { FilledCell } from "../../../scripts/model/protocol.ts";
import type { Layout } from "./layout.ts";
import type { SideNames } from "./step-sentence.ts";

/** What the attempt is called, `Websocket only`; and what files of it are called, `lesson-3-websocket`. */
export interface About {
  title: string;
  fileName: string;
}

export interface Diagram {
  cell: FilledCell;
  names: SideNames;
  layout: Layout;
}
