// The suite of an exercise with a part as its whole, for tests of what asks it and shows its result. That the whole is whole
// is seen by the tests of commands, and of mistakes outside the exercise's files.
import { suiteOf } from "../../scripts/conformance/exercise-suite.ts";
import { cases } from "../conformance/cases.ts";

export const SMALL_SUITE = suiteOf(cases.filter(({ id }) => /^(?:header|http)\./.test(id)));
