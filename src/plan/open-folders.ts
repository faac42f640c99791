/** Folders in which every user may make files, or in which users have theirs. */
const openFolder = /^\/(tmp|var\/tmp|dev\/shm|home|run\/user|var\/www|srv\/ftp)\//;

/** Whether other users than root may replace the file: keepalived refuses to run it as root. */
export function inOpenFolder(path: string): boolean {
  return openFolder.test(path);
}
