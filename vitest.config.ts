import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

/** Kernels, booted systems, Debian trees and most of the browser: what CI adds. One lab is quick enough for every change. */
const kernel = [
  "test/fleet/**/*.test.ts",
  "test/lab/!(start-calls|programs|trials).test.ts",
  "test/lab/*/**/*.test.ts",
  "test/shell/{firewall,keepalived,openings,provision*,units}.test.ts",
  "test/web/{access,budget,dialogs,edit,files,form,guide,kept,language,offline,picture,take-away}.test.ts",
  "test/package/**/*.test.ts",
  "test/ansible/{floating,lint,many-hosts,rpm,validate}.test.ts",
  "test/cli/{nasty-files,pre-commit,render-kill}.test.ts",
  "test/lint/{goldens,shape}.test.ts",
  "test/render/{artifacts,matrix}.test.ts",
  "test/import/samples-taken.test.ts",
];

/** Only before a release: `npm run test:release`. */
const release = [
  "test/fleet/{ansible,drain,fleet,roll,units}.test.ts",
  "test/lab/endurance.test.ts",
  "test/lab/examples/{anycast,bash,busybox,floating,yash}.test.ts",
  "test/lab/high-availability.test.ts",
  "test/lab/{bird,keepalived}-versions.test.ts",
  "test/lab/keepalived-{kinds,loses}.test.ts",
  "test/lab/seeds.test.ts",
];

/** What User-Mode Linux proves, in a distribution's kernel again: before a release; test/lab/qemu.test.ts represents it. */
const again = [
  "test/lab/{defects,floating,seeds}.test.ts",
  "test/lab/examples/{anycast,dash,floating,keepalived,larger}.test.ts",
];

const isRelease = process.env.LVSGEN_TEST_RELEASE === "1";
const results = process.env.LVSGEN_TEST_RESULTS;

export default defineConfig({
  test: {
    globalSetup: ["test/build.ts"],
    setupFiles: ["test/one-processor.ts"],
    // Messages of the programs under test are English, whoever runs the tests.
    env: { LC_ALL: "C.UTF-8" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Kernels and daemons wait for a third of their time; each takes up to 3 GiB.
    maxWorkers: Math.min(availableParallelism() + 1, 5),
    sequence: { sequencer: LongestFirst },
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...kernel],
        },
      },
      {
        extends: true,
        test: {
          name: "kernel",
          include: kernel,
          // The project "qemu" has its own; which one a machine would choose by itself proves no more.
          env: isRelease ? { LVSGEN_TEST_BACKEND: "uml" } : {},
          exclude: [...configDefaults.exclude, ...(isRelease ? [] : release)],
        },
      },
      ...(isRelease
        ? [
            {
              extends: true as const,
              test: { name: "qemu", include: again, env: { LVSGEN_TEST_BACKEND: "qemu" } },
            },
          ]
        : []),
    ],
  },
});
