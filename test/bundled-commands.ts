// Before any test: the commands are bundled from the sources as they are now.
export { bundleCommands as setup } from "../scripts/command/bundle.ts";
