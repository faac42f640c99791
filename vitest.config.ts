import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

/** Playbooks against booted hosts in one slow kernel take half an hour: `npm run test:ansible`. */
const withAnsible = process.env.LVSGEN_TEST_ANSIBLE === "1";

const results = process.env.LVSGEN_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: withAnsible ? [] : ["test/fleet/ansible.test.ts"],
    globalSetup: ["test/build.ts"],
    setupFiles: ["test/one-processor.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Kernels in tests want a core each.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: results === undefined ? ["default"] : ["default", ["json", { outputFile: results }]],
  },
});
