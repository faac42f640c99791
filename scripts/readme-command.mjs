// Prints the Nth command of the README's first block of commands, so that CI runs what newcomers run.
import { readFileSync } from "node:fs";

const number = Number(process.argv[2]);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const block = /```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
const commands = block.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
const command = commands[number - 1];
if (command === undefined) throw new Error(`README.md has no command ${number} in its first sh block`);
console.log(command);
