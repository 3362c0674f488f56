// Loaded into a measured server before its own code: tells its parent, when asked, how much CPU time it has used.
process.on("message", () => {
  process.send?.(process.cpuUsage());
});
// The channel alone must not keep a server alive that wants to end.
process.channel?.unref();
