import { asObject, asString, objectsIn, type Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import type { LeakHit } from "../leak.ts";

/** GitHub's secret scanning alerts, as the REST API lists them (`gh api .../secret-scanning/alerts`). */
export const isGithubAlerts = (value: unknown): boolean =>
  objectsIn(value).length > 0 &&
  objectsIn(value).every((item) => asString(item["secret_type"]) !== undefined && "number" in item && "state" in item);

const alertUrl = /^https:\/\/[^/]+\/(?:repos\/)?([^/]+\/[^/]+)\/(?:security\/)?secret-scanning\//;

export function readGithubAlerts(value: unknown): readonly LeakHit[] {
  return objectsIn(value).map((item) => {
    const location = asObject(item["first_location_detected"]) ?? {};
    const resolution = asString(item["resolution"]);
    const validity = asString(item["validity"]);
    const line = location["start_line"];
    return {
      scanner: "github",
      rule: asString(item["secret_type"]) ?? "secret",
      title: asString(item["secret_type_display_name"]) ?? asString(item["secret_type"]) ?? "secret",
      path: asString(location["path"]) ?? `alert ${String(item["number"])}`,
      line: typeof line === "number" ? line : null,
      commit: asString(location["commit_sha"]) ?? null,
      repository: repositoryOf(item),
      secret: asString(item["secret"]) ?? null,
      live: validity === "active" ? true : validity === "inactive" ? false : null,
      public: item["publicly_leaked"] === true ? true : null,
      dismissed: resolution === "false_positive" || resolution === "used_in_tests",
      revoked: resolution === "revoked",
      detectedAt: readInstant(item["created_at"]),
    };
  });
}

const repositoryOf = (item: Json): string | null =>
  asString(asObject(item["repository"])?.["full_name"]) ??
  alertUrl.exec(asString(item["html_url"]) ?? "")?.[1] ??
  alertUrl.exec(asString(item["url"]) ?? "")?.[1] ??
  null;
