import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: repositoryRoot,
  turbopack: { root: repositoryRoot },
  transpilePackages: ["@rollcall/nhi-model"],
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are a step of their own (`typecheck`); a build at first start must not pay for them.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default config;
