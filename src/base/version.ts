import manifest from "../../package.json" with { type: "json" };

/** lvsgen's own version, as it stands in every generated file. */
export const version: string = manifest.version;
