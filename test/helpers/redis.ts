// Whether Debian's `redis-server` is on this machine; what needs it is skipped otherwise, and says so.
import { spawnSync } from "node:child_process";

export const HAS_REDIS = spawnSync("redis-server", ["--version"]).error === undefined;
export const REDIS_SKIPPED = HAS_REDIS
  ? ""
  : " (skipped: there is no redis-server on this machine)";
