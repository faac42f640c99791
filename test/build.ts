import { execFileSync } from "node:child_process";

/** Tests run the command line and the page that users run. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build:fast"], { stdio: "inherit" });
  execFileSync("npm", ["run", "--silent", "build:web"], { stdio: "inherit" });
}
