// Preloaded into Node: notes each file of the program, and each of Node's own modules, that is loaded.
const fs = require("node:fs");
const Module = require("node:module");

const log = process.env.LVSGEN_TEST_LOG;
const { readFileSync } = fs;
const { _load: load } = Module;

fs.readFileSync = (file, ...rest) => {
  if (typeof file === "string" && file.endsWith(".js")) fs.appendFileSync(log, `${file}\n`);
  return readFileSync(file, ...rest);
};
Module._load = (name, ...rest) => {
  if (Module.isBuiltin(name)) fs.appendFileSync(log, `${name.replace(/^node:/, "")}\n`);
  return load(name, ...rest);
};
