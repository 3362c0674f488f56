// Gives each TCP connection a track in the wire's lane, from its first step to its end. Pure.
import type { Step } from "../../../scripts/model/trace.ts";

/** A connection's place in the lane of the wire, by the indexes of its steps. */
export interface Track {
  connection: number;
  /** Counted from 0, from the client's side; a track is used again when its connection has ended. */
  column: number;
  first: number;
  last: number;
  /** The step of the 101 response, from which on it carries a websocket. */
  upgraded: number | undefined;
  /** `open`: nothing is known of its end. */
  end: "closed" | "cut" | "open";
}

/** The tracks of a trace, in the order in which their connections came. */
export function findTracks(steps: readonly Step[]): Track[] {
  const tracks: Track[] = [];
  steps.forEach((step, index) => {
    const track =
      tracks.find(({ connection }) => connection === step.connection) ??
      openTrack(tracks, step.connection, index);
    track.last = index;
    if (step.kind === "response" && step.status === 101) track.upgraded = index;
    if (step.kind === "closed") track.end = step.isCut ? "cut" : "closed";
  });
  return tracks;
}

function openTrack(tracks: Track[], connection: number, first: number): Track {
  const taken = new Set(tracks.filter(({ end }) => end === "open").map(({ column }) => column));
  let column = 0;
  while (taken.has(column)) column += 1;
  const track: Track = { connection, column, first, last: first, upgraded: undefined, end: "open" };
  tracks.push(track);
  return track;
}

/** How many tracks lie beside each other. */
export function columnCount(tracks: readonly Track[]): number {
  return Math.max(1, ...tracks.map(({ column }) => column + 1));
}
