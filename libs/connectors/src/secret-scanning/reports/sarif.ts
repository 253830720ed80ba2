import { asObject, asString, objectsIn, stringsIn, type Json } from "../../input/json-shape.ts";
import type { LeakHit, Unreadable } from "../leak.ts";

/** SARIF 2.1.0, as gitleaks and other scanners write it. */
export const isSarif = (value: unknown): boolean => {
  const log = asObject(value);
  return (
    log !== undefined &&
    "runs" in log &&
    (log["runs"] === null || Array.isArray(log["runs"])) &&
    (/sarif/i.test(asString(log["$schema"]) ?? "") || asString(log["version"])?.startsWith("2.") === true)
  );
};

const secretScanners = /gitleaks|trufflehog|ggshield|gitguardian|detect-secrets|talisman|noseyparker|kingfisher|whispers|secret/i;
const secretWords = /secret|credential|token|password|private.?key|api.?key/i;

/** Results about anything but secrets belong to other products; they are listed as left out, one by one. */
export function readSarif(value: unknown, file: string): { readonly hits: readonly LeakHit[]; readonly unreadable: readonly Unreadable[] } {
  const hits: LeakHit[] = [];
  const unreadable: Unreadable[] = [];
  for (const [runIndex, run] of objectsIn(asObject(value)?.["runs"]).entries()) {
    const driver = asObject(asObject(run["tool"])?.["driver"]) ?? {};
    const tool = asString(driver["name"]) ?? "";
    for (const [index, result] of objectsIn(run["results"]).entries()) {
      const where = `${file} run ${runIndex + 1} result ${index + 1}`;
      const rule = asString(result["ruleId"]) ?? asString(asObject(result["rule"])?.["id"]) ?? "";
      const tags = stringsIn(asObject(result["properties"])?.["tags"]).join(" ");
      if (secretScanners.test(tool) || secretWords.test(`${rule} ${tags}`)) hits.push(hitOf(result, rule === "" ? "secret" : rule, tool));
      else
        unreadable.push({
          where,
          code: "not_a_secret",
          message: `a result of ${tool === "" ? "an unnamed tool" : tool} that is not about a secret`,
        });
    }
  }
  return { hits, unreadable };
}

function hitOf(result: Json, rule: string, tool: string): LeakHit {
  const physical = asObject(objectsIn(result["locations"])[0]?.["physicalLocation"]) ?? {};
  const region = asObject(physical["region"]) ?? {};
  const prints = asObject(result["partialFingerprints"]) ?? {};
  const baseline = asString(result["baselineState"]);
  return {
    scanner: /trufflehog/i.test(tool) ? "trufflehog" : /gitleaks/i.test(tool) ? "gitleaks" : "sarif",
    rule,
    title: rule.replaceAll(/[-_/]+/g, " "),
    path: asString(asObject(physical["artifactLocation"])?.["uri"]) ?? "unknown file",
    line: typeof region["startLine"] === "number" ? region["startLine"] : null,
    commit: asString(prints["commitSha"]) ?? null,
    repository: null,
    secret: asString(asObject(region["snippet"])?.["text"]) ?? null,
    live: null,
    public: null,
    dismissed: objectsIn(result["suppressions"]).some((one) => (asString(one["status"]) ?? "accepted") === "accepted"),
    revoked: baseline === "absent",
    detectedAt: undefined,
  };
}
