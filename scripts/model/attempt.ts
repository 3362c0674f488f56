// An attempt: one row of a lesson, or the person's own.
import type { Act } from "./acts.ts";
import type { Claims, Expectation } from "./expectation.ts";
import type { Question } from "./question.ts";
import type { AuthMode, Client, Sticky, Transport, Variant } from "./vocabulary.ts";

/** What is expected of an act before the last one, if it is not to succeed. */
export type AttemptAct = Act & { expect?: Record<Client, Claims> };

export interface Attempt {
  /** Unique in its lesson. */
  id: string;
  /** What its row and those beside it try; their heading. */
  group?: string;
  /** What stands in its row. */
  label: string;
  /** Where it stands alone: the heading of its group and the label. Unique in its lesson. */
  title: string;
  /** At least one. */
  acts: AttemptAct[];
  /** Switches that this attempt sets, instead of what the learner chose. */
  variant?: Variant;
  auth?: AuthMode;
  serverTransports?: Transport[];
  /** The folder in the lesson whose files are laid over the variant: the guide's weaker form. */
  overlay?: string;
  /** What its server is started with besides, by the names of the environment: `AT_EXPIRY`. With null, it gets none of that name. */
  settings?: Record<string, string | null>;
  /** How many servers share its address; 1, if left out. Each request goes to the next one. */
  servers?: number;
  /** Which requests go to a server that was chosen before. */
  sticky?: Sticky;
  /** That form lets in what a server must refuse. */
  shouldBeRefused?: true;
  question?: Question;
  /** Left out where no lesson says anything. */
  expect?: Record<Client, Expectation>;
  /** Why it is so, in a sentence for each client: for who predicted something else. */
  why?: Record<Client, string>;
}
