import manifest from "../../package.json" with { type: "json" };

/** lvsgen's own version, which every generated file has. */
export const version: string = manifest.version;
