// Where `npm run lesson` looks for the first server of a lesson.
export { firstServer } from "../neighbours.ts";
