/** Cycles and dead ends, over the whole house. Who may import whom is in tools/check-structure/dep-constraints.ts. */
export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "tests-stay-tests",
      comment: "What ships does not import a test or a builder for tests.",
      severity: "error",
      from: { pathNot: "(\\.test\\.(ts|tsx|mjs)$|/testing/|^e2e/|^tools/|^vitest|/new-migration-main\\.ts$)" },
      to: { path: "(\\.test\\.(ts|tsx|mjs)$|/src/testing/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|dist|generated|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
