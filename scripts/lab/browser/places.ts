// The usual places of an installed Chrome, Chromium or Edge.
import path from "node:path";

const LINUX_NAMES = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const LINUX_FOLDERS = ["/usr/bin", "/usr/local/bin", "/opt/google/chrome", "/snap/bin"];
const MAC_APPLICATIONS = ["Google Chrome", "Chromium", "Microsoft Edge"];
const WINDOWS_PROGRAMS = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Chromium\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

type Environment = Record<string, string | undefined>;

/** Where a browser may be, most likely first. Nothing says that there is one. */
export function installedPlaces(platform: NodeJS.Platform, env: Environment): string[] {
  if (platform === "darwin") return macPlaces(env);
  if (platform === "win32") return windowsPlaces(env);
  const onPath = (env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  const folders = [...new Set([...onPath, ...LINUX_FOLDERS])];
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
}

function macPlaces(env: Environment): string[] {
  const folders = ["/Applications", ...(env["HOME"] ? [`${env["HOME"]}/Applications`] : [])];
  return MAC_APPLICATIONS.flatMap((name) =>
    folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  );
}

function windowsPlaces(env: Environment): string[] {
  const folders = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]];
  return WINDOWS_PROGRAMS.flatMap((program) =>
    folders.flatMap((folder) => (folder ? [path.win32.join(folder, program)] : [])),
  );
}
