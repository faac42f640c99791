/** dist/index.d.mts: the library's types as one file, rolled up of those that tsc wrote to dist/types, which go. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const project = join(import.meta.dirname, "..");
const silent = { default: { logLevel: ExtractorLogLevel.None } };

const config = ExtractorConfig.prepare({
  packageJsonFullPath: join(project, "package.json"),
  configObjectFullPath: undefined,
  configObject: {
    projectFolder: project,
    mainEntryPointFilePath: join(project, "dist/types/src/index.d.ts"),
    compiler: { tsconfigFilePath: join(project, "tsconfig.build.json") },
    dtsRollup: { enabled: true, untrimmedFilePath: join(project, "dist/index.d.mts") },
    // Its own conventions for doc comments are not lvsgen's; tsc has checked the types.
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  },
});

const { succeeded } = Extractor.invoke(config, {
  localBuild: true,
  messageCallback: (message) => {
    message.handled = message.logLevel !== ExtractorLogLevel.Error;
  },
});
if (!succeeded) throw new Error("the library's types cannot be rolled up");
rmSync(join(project, "dist/types"), { recursive: true });
