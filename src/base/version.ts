import manifest from "../../package.json" with { type: "json" };

/** lvsgen's own version, as in every generated file. */
export const version: string = manifest.version;
