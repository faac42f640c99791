/** dist/index.d.mts: the library's types as one file, made from those in dist/types, which are removed. */

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
    // lvsgen does not use its conventions for doc comments; tsc has checked the types.
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
if (!succeeded) throw new Error("cannot put the library's types into one file");
rmSync(join(project, "dist/types"), { recursive: true });
