import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { catalogueById, catalogues, controlsOfRule, resolveCitation } from "./catalogues.ts";
import type { Catalogue } from "./catalogue.ts";

const at = (id: string): Catalogue => {
  const found = catalogueById(id);
  if (found === undefined) throw new Error(`No catalogue ${id}`);
  return found;
};
const ids = (of: Catalogue): readonly string[] => of.controls.map((control) => control.id);

describe("every catalogue", () => {
  it("is registered, one file each, under its own id", () => {
    const files = readdirSync(fileURLToPath(new URL("../catalogues", import.meta.url))).map((name) => name.replace(/\.json$/, ""));
    expect(catalogues.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it.each(catalogues.map((each) => [each.id, each] as const))("%s is sound", (_, each) => {
    const known = new Set(ids(each));
    expect(known.size).toBe(each.controls.length);
    for (const control of each.controls) {
      if (control.parent !== undefined) expect(known.has(control.parent), control.id).toBe(true);
      expect(control.aliases ?? [], control.id).not.toContain(control.id);
      expect(new Set(control.rules).size, control.id).toBe(control.rules.length);
      for (const rule of control.rules) expect(rule).toMatch(/^[A-Z]+-\d{3}$/);
      if (control.assessable !== "rules") {
        expect(control.rules, control.id).toEqual([]);
        expect(control.reason ?? "", control.id).toMatch(/\.$/);
      }
      if (control.extent === "partial") expect(control.reason ?? "", control.id).toMatch(/\.$/);
      const hasChildren = each.controls.some((child) => child.parent === control.id);
      if (control.assessable === "rules" && !hasChildren) expect(control.rules.length, control.id).toBeGreaterThan(0);
    }
  });

  it("names its licence, and attribution where the licence asks for it", () => {
    for (const each of catalogues) {
      expect(each.licence.length).toBeGreaterThan(5);
      if (each.licence.startsWith("CC BY-SA")) expect(each.attribution).toContain(each.publisher);
    }
  });
});

describe("the three first catalogues are complete", () => {
  it("OWASP NHI: ten risks, all answered by rules", () => {
    expect(ids(at("owasp-nhi-2025"))).toEqual(Array.from({ length: 10 }, (_, index) => `NHI${index + 1}:2025`));
    expect(at("owasp-nhi-2025").controls.every((control) => control.rules.length > 0)).toBe(true);
  });
  it("CSF 2.0: 6 functions, 22 categories, 106 subcategories", () => {
    const csf = ids(at("nist-csf-2.0"));
    const counts = [/^[A-Z]{2}$/, /^[A-Z]{2}\.[A-Z]{2}$/, /^[A-Z]{2}\.[A-Z]{2}-\d{2}$/].map(
      (form) => csf.filter((id) => form.test(id)).length,
    );
    expect(counts).toEqual([6, 22, 106]);
  });
  it("SP 800-207: seven tenets", () => {
    expect(ids(at("nist-sp-800-207"))).toEqual(["ZT-1", "ZT-2", "ZT-3", "ZT-4", "ZT-5", "ZT-6", "ZT-7"]);
  });
});

describe("resolveCitation", () => {
  const resolve = (id: string, cited: string) => {
    const { controls, via } = resolveCitation(at(id), cited);
    return [via, ...controls.map((control) => control.id)];
  };
  it("finds ids, other spellings, and CSF 1.1 ids with everything they overlap", () => {
    expect(resolve("nist-csf-2.0", "PR.AA-05")).toEqual(["id", "PR.AA-05"]);
    expect(resolve("nist-csf-2.0", "pr.aa-5")).toEqual(["alias", "PR.AA-05"]);
    expect(resolve("nist-csf-2.0", "PR.AC-1")).toEqual(["alias", "PR.AA-01", "PR.AA-05"]);
    expect(resolve("nist-csf-2.0", "ID.AM-1")).toEqual(["alias", "ID.AM-01"]);
    expect(resolve("owasp-nhi-2025", "NHI-07")).toEqual(["alias", "NHI7:2025"]);
    expect(resolve("nist-sp-800-207", "AC-4")).toEqual(["none"]);
  });
  it("turns the mapping round", () => {
    expect(controlsOfRule("ROT-001")).toContainEqual({
      catalogueId: "owasp-nhi-2025",
      controlId: "NHI7:2025",
      label: "Long-Lived Secrets",
    });
    expect(controlsOfRule("NONE-000")).toEqual([]);
  });
});

/** The specification lives outside this repository; a clone without it skips this. */
const root = fileURLToPath(new URL("../../../../shared/frameworks/", import.meta.url));
interface SpecRule {
  readonly id: string;
  readonly mappings: Readonly<Record<string, readonly string[]>>;
}
describe.skipIf(!existsSync(root))("against the specification", () => {
  const read = (name: string) =>
    JSON.parse(existsSync(root) ? readFileSync(`${root}${name}.json`, "utf8") : "{}") as Record<string, unknown>;

  // Catalogues and rules that were added here are none of its business.
  const specified = catalogues.filter(({ id }) => existsSync(`${root}${id}.json`)).map(({ id }) => [id]);
  it("knows the first twelve", () => expect(specified.length).toBeGreaterThanOrEqual(12));
  it.each(specified)("%s has the same ids", (id) => {
    const controls = read(id)["controls"] as readonly { id: string }[];
    expect(ids(at(id))).toEqual(controls.map((control) => control.id));
  });
  it.each(specified)("%s has the same links to rules", (id) => {
    const rules = read("rules")["rules"] as readonly SpecRule[];
    const known = new Set(rules.map((rule) => rule.id));
    const expected = rules.flatMap((rule) => (rule.mappings[id] ?? []).map((control) => `${control} ${rule.id}`));
    const actual = at(id).controls.flatMap((control) =>
      control.rules.filter((rule) => known.has(rule)).map((rule) => `${control.id} ${rule}`),
    );
    expect(actual.sort()).toEqual(expected.sort());
  });
  it("resolves every CSF 1.1 id of the crosswalk to exactly its outcomes, or to more that overlap", () => {
    const items = (read("crosswalks")["csf11ToCsf20"] as { items: readonly { csf11: string; csf20: readonly string[] }[] }).items;
    for (const { csf11, csf20 } of items) {
      const { controls } = resolveCitation(at("nist-csf-2.0"), csf11);
      expect(
        controls.map((control) => control.id),
        csf11,
      ).toEqual(expect.arrayContaining([...csf20]));
    }
  });
});
