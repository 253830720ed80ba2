// ESLint has one job here: who may import whom. Everything else is oxlint's (.oxlintrc.json).
import { createProjectGraphAsync } from "@nx/devkit";
import nxPlugin from "@nx/eslint-plugin";
import tseslint from "typescript-eslint";
import { depConstraints } from "./tools/check-structure/dep-constraints.ts";

// The rule skips itself, silently, when there is no project graph: make one first.
process.env.NX_DAEMON ??= "false";
await createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true });

export default [
  {
    ignores: [
      "**/node_modules/**",
      "**/dist/**",
      "**/.next/**",
      "**/next-env.d.ts",
      "libs/persistence/src/generated/**",
      "libs/rest-client/src/generated/**",
      ".tools/**",
      ".data/**",
    ],
  },
  {
    files: ["libs/**/*.{ts,tsx}", "apps/**/*.{ts,tsx}"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    languageOptions: { parser: tseslint.parser },
    plugins: { "@nx": nxPlugin },
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        { enforceBuildableLibDependency: false, allowCircularSelfDependency: true, banTransitiveDependencies: false, depConstraints },
      ],
    },
  },
];
