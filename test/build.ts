import { execFileSync } from "node:child_process";

/** Tests run the command line that users run. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build:fast"], { stdio: "inherit" });
}
