// A client ends its connection.
import * as v from "valibot";
import { connectionName, disconnected, unanswered } from "../schema-pieces.ts";

export const disconnectAct = v.strictObject({ do: v.literal("disconnect"), as: connectionName });

export const disconnectOutcomes = [disconnected, unanswered] as const;
